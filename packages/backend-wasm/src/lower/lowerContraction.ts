import type { Access, Body, ContractionKernel, Statement } from '@polyneuron/fusion';
import { sizeOf } from '@polyneuron/graph';
import type { Code } from '../assembler/code.js';
import {
  type Division,
  divide,
  epilogueNest,
  isShared,
  layoutOf,
  sizesOf,
  usesTiles,
  type WorkLayout,
} from './contractionLayout.js';
import { emitBody, type Lowering, pushAddress } from './emitBody.js';
import { emitReductionStarts, lowerLoop } from './lowerLoop.js';
import { mergedStride, type Nest } from './nest.js';
import { emitPack, type PackSource } from './pack.js';
import { emitTileCall, tile, tileColumns, tileRows } from './tile.js';

/** Memory that the kernels of a module use one after the other, and tables that they read. */
export interface ContractionLowering extends Lowering {
  readonly isRelaxed: boolean;
  /** Threads that the work area has room for. */
  readonly threads: number;
  /** Address of the work area, once its size is known. */
  readonly workArea: number;
  /** Bytes from one thread's part of it to the next. */
  readonly workStride: number;
  /** Adds int32 constants and returns their address. */
  table(values: readonly number[]): number;
}

export function lowerContraction(code: Code, lowering: ContractionLowering, kernel: ContractionKernel): void {
  if (sizeOf(kernel.epilogue.domain) === 0) return emitReductionStarts(code, lowering, kernel.epilogue);
  if (!usesTiles(kernel)) return lowerThin(code, lowering, kernel);
  const nest = epilogueNest(kernel);
  const layout = layoutOf(kernel, lowering.threads);
  if (nest) {
    emitReductionStarts(code, lowering, kernel.epilogue);
    emitTiles(code, lowering, kernel, layout, nest);
    return;
  }
  emitTiles(code, lowering, kernel, layout, undefined);
  const { rows, columns } = sizesOf(kernel);
  const padded = tileColumns * Math.ceil(columns / tileColumns);
  const paddedRows = tileRows * Math.ceil(rows / tileRows);
  lowerStandalone(code, lowering, kernel, lowering.workArea + layout.product, [
    paddedRows * padded,
    padded,
    1,
  ]);
}

/** Packs both operands and runs the tile over the product, block of columns by block, panel of rows by panel. */
function emitTiles(
  code: Code,
  lowering: ContractionLowering,
  kernel: ContractionKernel,
  layout: WorkLayout,
  nest: Nest | undefined,
): void {
  const { workArea, workStride, module, threads } = lowering;
  const share = isShared(kernel) ? lowering.share : undefined;
  const { batch, rows, depth } = sizesOf(kernel);
  const { along, width, blocks } = divide(kernel, threads);
  const rowPanels = Math.ceil(rows / tileRows);
  const panelBytes = { left: 4 * tileRows * depth, right: 4 * tileColumns * depth };
  const microkernel = tile(module, lowering);
  const batchStrides = [kernel.left, kernel.right].map(({ strides }) =>
    mergedStride(kernel.batch, strides.slice(0, kernel.batch.length)),
  );
  const [work, batchAt, target, row, column] = Array.from({ length: 5 }, () => code.local('i32'));
  const sources = [
    packSource(code, lowering, kernel, 'left', batchAt, batchStrides[0]),
    packSource(code, lowering, kernel, 'right', batchAt, batchStrides[1]),
  ];
  const pushWork = (offset: number) => code.get(work).i32(offset).op('i32.add');
  code.i32(workArea).set(work);
  if (share) {
    code.get(work);
    share.pushThread(code);
    code.i32(workStride).op('i32.mul', 'i32.add').set(work);
  }
  const rangeOf = (axis: Division['along'], pieces: number) =>
    along === axis ? share?.rangeOf(code, pieces) : undefined;
  const panelsPerBlock = width / tileColumns;
  pushWork(layout.product).set(target).i32(0).set(batchAt);
  code.repeat(batch, () => {
    // Each range is used up by the loop that it bounds
    emitPack(code, sources[0], tileRows, () => pushWork(layout.left), rangeOf('rows', rowPanels));
    const packed = rangeOf('columns', blocks);
    if (packed)
      for (const bound of [packed.first, packed.count])
        code.get(bound).i32(panelsPerBlock).op('i32.mul').set(bound);
    emitPack(code, sources[1], tileColumns, () => pushWork(layout.right), packed);
    const ownBlocks = rangeOf('columns', blocks);
    const [left, blockRight] = [code.local('i32'), code.local('i32')];
    const eachBlock = (build: () => void) =>
      ownBlocks ? code.repeatWhile(ownBlocks.count, build) : code.repeat(blocks, build);
    code.i32(0).set(column);
    if (ownBlocks) code.get(ownBlocks.first).i32(width).op('i32.mul').set(column);
    eachBlock(() => {
      pushWork(layout.right).set(blockRight);
      if (along === 'columns')
        code
          .get(blockRight)
          .get(column)
          .i32(panelBytes.right / tileColumns)
          .op('i32.mul', 'i32.add')
          .set(blockRight);
      const ownRows = rangeOf('rows', rowPanels);
      code.i32(0).set(row);
      pushWork(layout.left).set(left);
      if (ownRows) {
        code.get(ownRows.first).i32(tileRows).op('i32.mul').set(row);
        code.get(ownRows.first).i32(panelBytes.left).op('i32.mul').get(left).op('i32.add').set(left);
      }
      const eachPanel = (build: () => void) =>
        ownRows ? code.repeatWhile(ownRows.count, build) : code.repeat(rowPanels, build);
      eachPanel(() => {
        const [right, place] = [code.local('i32'), code.local('i32')];
        code.get(blockRight).set(right).get(target).set(place);
        code.repeat(panelsPerBlock, () => {
          emitTileCall(code, microkernel, { left, right, place, depth, rowBytes: 4 * width });
          code.advance(right, panelBytes.right).advance(place, 4 * tileColumns);
        });
        code.advance(left, panelBytes.left);
        if (!nest) {
          code.advance(target, 4 * tileRows * width);
          return;
        }
        const blockNest = along === 'columns' ? { ...nest, extents: [tileRows, width] } : nest;
        emitBody(code, lowering, kernel.epilogue, blockNest, {
          pushCount: (at) => {
            at.i32(tileRows);
            if (rows % tileRows !== 0)
              at.i32(rows)
                .get(row)
                .op('i32.sub')
                .get(row)
                .i32(rows - (rows % tileRows))
                .op('i32.lt_s', 'select');
          },
          pushOrigin: (at, [rowStride, columnStride]) => {
            at.get(row)
              .i32(4 * rowStride)
              .op('i32.mul');
            if (along === 'columns')
              at.get(column)
                .i32(4 * columnStride)
                .op('i32.mul', 'i32.add');
          },
          product: { pushAddress: (at) => at.get(target), rowBytes: 4 * width },
        });
        code.advance(row, tileRows);
      });
      code.advance(column, width);
    });
    code.advance(batchAt, 1);
  });
}

function packSource(
  code: Code,
  lowering: ContractionLowering,
  kernel: ContractionKernel,
  side: 'left' | 'right',
  batchAt: number,
  batchStride: number | undefined,
): PackSource {
  const { access, lines, lineStrides, depthStrides } = sideOf(kernel, side);
  const [lineStride, depthStride] = [
    mergedStride(lines, lineStrides),
    mergedStride(kernel.depth, depthStrides),
  ];
  const table = (values: readonly number[]) => lowering.table(values);
  const batchTable =
    batchStride === undefined
      ? table(offsetsOf(kernel.batch, access.strides.slice(0, kernel.batch.length)))
      : 0;
  return {
    pushBase: () => {
      pushAddress(code, lowering, access.buffer, 4 * access.offset);
      if (sizeOf(kernel.batch) === 1) return;
      if (batchStride !== undefined)
        code
          .get(batchAt)
          .i32(4 * batchStride)
          .op('i32.mul', 'i32.add');
      else code.get(batchAt).i32(4).op('i32.mul').memory('i32.load', batchTable).op('i32.add');
    },
    lines: sizeOf(lines),
    depth: sizeOf(kernel.depth),
    lineStride,
    depthStride,
    lineTable: lineStride === undefined ? table(offsetsOf(lines, lineStrides)) : 0,
    depthTable: depthStride === undefined ? table(offsetsOf(kernel.depth, depthStrides)) : 0,
  };
}

function sideOf({ batch, rows, columns, depth, left, right }: ContractionKernel, side: 'left' | 'right') {
  const b = batch.length;
  if (side === 'left')
    return {
      access: left,
      lines: rows,
      lineStrides: left.strides.slice(b, b + rows.length),
      depthStrides: left.strides.slice(b + rows.length),
    };
  return {
    access: right,
    lines: columns,
    lineStrides: right.strides.slice(b + depth.length),
    depthStrides: right.strides.slice(b, b + depth.length),
  };
}

/** Byte offset of every point of a group of axes, in row-major order. */
function offsetsOf(extents: readonly number[], strides: readonly number[]): number[] {
  return extents.reduce<number[]>(
    (offsets, extent, axis) =>
      offsets.flatMap((offset) => Array.from({ length: extent }, (_, i) => offset + 4 * i * strides[axis])),
    [0],
  );
}

/** A buffer id for the product in the work area, which no plan knows. */
const productBuffer = -1;

/** Contractions that run as loops are one thread's work, so nothing in these loops is shared. */
function withProduct(lowering: ContractionLowering, address: number): ContractionLowering {
  return {
    ...lowering,
    share: undefined,
    table: lowering.table,
    addressOf: (buffer) => (buffer === productBuffer ? address : lowering.addressOf(buffer)),
  };
}

/** The epilogue as a loop of its own over a product that lies in memory with these strides per batch, row, column. */
function lowerStandalone(
  code: Code,
  lowering: ContractionLowering,
  kernel: ContractionKernel,
  address: number,
  strides: readonly number[],
): void {
  const { epilogue, batch, rows, columns } = kernel;
  const spread = (extents: readonly number[], stride: number) =>
    extents.map((_, axis) => stride * sizeOf(extents.slice(axis + 1)));
  const access: Access = {
    buffer: productBuffer,
    offset: 0,
    strides: [...spread(batch, strides[0]), ...spread(rows, strides[1]), ...spread(columns, strides[2])],
  };
  const statements = epilogue.statements.map(
    (statement): Statement =>
      statement.op === 'product' ? { op: 'load', access, dtype: 'float32' } : statement,
  );
  lowerLoop(code, withProduct(lowering, address), { kind: 'loop', body: { ...epilogue, statements } });
}

/** Product by plain loops over [batch, rows, depth, columns], columns innermost, then the epilogue. */
function lowerThin(code: Code, lowering: ContractionLowering, kernel: ContractionKernel): void {
  const { batch, rows, columns, depth, left, right } = kernel;
  const { rows: rowCount, columns: columnCount } = sizesOf(kernel);
  const domain = [...batch, ...rows, ...depth, ...columns];
  const [b, r, d] = [batch.length, batch.length + rows.length, batch.length + rows.length + depth.length];
  const zeros = (extents: readonly number[]) => extents.map(() => 0);
  const target = { buffer: productBuffer, offset: 0, strides: zeros(domain) };
  let stride = 1;
  for (let axis = domain.length - 1; axis >= 0; axis--) {
    if (axis >= r && axis < d) continue;
    target.strides[axis] = stride;
    stride *= domain[axis];
  }
  const body: Body = {
    domain,
    statements: [
      { op: 'load', access: { ...left, strides: [...left.strides, ...zeros(columns)] }, dtype: 'float32' },
      {
        op: 'load',
        access: {
          ...right,
          strides: [...right.strides.slice(0, b), ...zeros(rows), ...right.strides.slice(b)],
        },
        dtype: 'float32',
      },
      { op: 'mul', operands: [0, 1], dtype: 'float32' },
    ],
    stores: [],
    reductions: [
      { value: 2, op: 'sum', axes: depth.map((_, at) => r + at), access: target, dtype: 'float32' },
    ],
  };
  lowerLoop(code, withProduct(lowering, lowering.workArea), { kind: 'loop', body });
  lowerStandalone(code, lowering, kernel, lowering.workArea, [rowCount * columnCount, columnCount, 1]);
}
