import { type ContractionKernel, contiguous, type Statement } from '@polyneuron/fusion';
import { InternalError, sizeOf, stridesOf } from '@polyneuron/graph';
import type { Tile } from './contractionForm.js';
import { emitFold, type Fold } from './emitFold.js';
import { emitMap } from './emitMap.js';
import { liveStatements } from './emitStatements.js';
import { emitTiles } from './emitTiles.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { operandAccesses } from './operandAccess.js';

/** A contraction with its epilogue. */
export function emitContraction(context: EmitContext, kernel: ContractionKernel): CudaKernel[] {
  const { batch, rows, columns, depth, epilogue } = kernel;
  if (epilogue.reductions.length > 0)
    throw new InternalError('backend-cuda: a reduction inside the epilogue of a contraction');
  if (sizeOf(epilogue.domain) === 0 || epilogue.stores.length === 0) return [];
  const form = context.formOf({
    batch: sizeOf(batch),
    rows: sizeOf(rows),
    columns: sizeOf(columns),
    depth: sizeOf(depth),
  });
  return form.kind === 'fold'
    ? emitFold(context, asFold(kernel))
    : emitInTiles(context, kernel, form.tile, form.splits);
}

/** product = Σ over depth of left · right, as a fold over [...batch, ...rows, ...columns] and depth. */
function asFold(kernel: ContractionKernel): Fold {
  const { depth, epilogue } = kernel;
  const { left, right } = operandAccesses(kernel);
  return {
    outer: epilogue.domain,
    inner: depth,
    statements: [
      { op: 'load', access: left, dtype: 'float32' },
      { op: 'load', access: right, dtype: 'float32' },
      { op: 'mul', operands: [0, 1], dtype: 'float32' },
    ],
    stores: [],
    values: [{ value: 2, op: 'sum', dtype: 'float32' }],
    finish: { kind: 'epilogue', statements: epilogue.statements, stores: epilogue.stores },
  };
}

/** An epilogue that is printed for every result of a thread takes at most this many statements in all. */
const epilogueLimit = 2048;

const resultsOfThread = (tile: Tile): number => (tile.arithmetic === 'float32' ? tile.perThread ** 2 : 32);

function emitInTiles(
  context: EmitContext,
  kernel: ContractionKernel,
  tile: Tile,
  splits: number,
): CudaKernel[] {
  const { epilogue } = kernel;
  const { domain, statements, stores } = epilogue;
  const live = liveStatements(
    statements,
    stores.map(({ value }) => value),
  );
  if (splits === 1 && live.size * resultsOfThread(tile) <= epilogueLimit)
    return [emitTiles(context, kernel, tile, 1, { kind: 'epilogue', statements, stores })];
  const results = sizeOf(domain);
  const buffer = context.scratch(splits === 1 ? 'product' : 'partial', 'float32', splits * results);
  const product = emitTiles(context, kernel, tile, splits, { kind: 'partials', buffer });
  if (splits === 1) {
    const load: Statement = { op: 'load', access: contiguous(buffer, domain), dtype: 'float32' };
    const rest = statements.map((statement) => (statement.op === 'product' ? load : statement));
    return [product, ...emitMap(context, domain, rest, stores)];
  }
  const strides = [...stridesOf(domain), results];
  return [
    product,
    ...emitFold(context, {
      outer: domain,
      inner: [splits],
      statements: [{ op: 'load', access: { buffer, offset: 0, strides }, dtype: 'float32' }],
      stores: [],
      values: [{ value: 0, op: 'sum', dtype: 'float32' }],
      finish: { kind: 'epilogue', statements, stores },
    }),
  ];
}
