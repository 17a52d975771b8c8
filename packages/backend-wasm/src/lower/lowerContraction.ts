import type { Access, Body, ContractionKernel, Statement } from '@polyneuron/fusion';
import { sizeOf } from '@polyneuron/graph';
import type { Code } from '../assembler/code.js';
import { emitBody, type Lowering, pushAddress } from './emitBody.js';
import { emitReductionStarts, lowerLoop } from './lowerLoop.js';
import { accessesOf, mergedStride, type Nest } from './nest.js';
import { emitPack, type PackSource } from './pack.js';
import { tile, tileColumns, tileRows } from './tile.js';

/** Memory that the kernels of a module use one after the other, and tables that they read. */
export interface ContractionLowering extends Lowering {
  readonly isRelaxed: boolean;
  /** Threads that the work area has room for. */
  readonly threads: number;
  /** Address of the work area, once its size is known. */
  readonly workArea: number;
  /** Adds int32 constants and returns their address. */
  table(values: readonly number[]): number;
}

interface Sizes {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

function sizesOf({ batch, rows, columns, depth }: ContractionKernel): Sizes {
  return { batch: sizeOf(batch), rows: sizeOf(rows), columns: sizeOf(columns), depth: sizeOf(depth) };
}

const align = (bytes: number) => Math.ceil(bytes / 64) * 64;

interface WorkLayout {
  readonly left: number;
  readonly right: number;
  readonly product: number;
  readonly bytes: number;
}

/** Panels of both operands, then the product: one block of rows, or all of it where the epilogue runs on its own. */
function layoutOf(kernel: ContractionKernel, threads: number): WorkLayout {
  const { batch, rows, columns, depth } = sizesOf(kernel);
  if (!usesTiles(kernel)) return { left: 0, right: 0, product: 0, bytes: align(4 * batch * rows * columns) };
  const left = align(4 * tileRows * Math.ceil(rows / tileRows) * depth);
  const right = align(4 * tileColumns * Math.ceil(columns / tileColumns) * depth);
  const padded = tileColumns * Math.ceil(columns / tileColumns);
  const product = epilogueNest(kernel)
    ? threads * blockBytes(padded)
    : 4 * batch * tileRows * Math.ceil(rows / tileRows) * padded;
  return { left: 0, right: left, product: left + right, bytes: left + right + align(product) };
}

/** Bytes of one thread's block of rows; blocks of two threads share no cache line. */
const blockBytes = (paddedColumns: number) => align(4 * tileRows * paddedColumns);

export const workBytesOf = (kernel: ContractionKernel, threads: number): number =>
  layoutOf(kernel, threads).bytes;

/** Contractions of fewer multiply-adds are done before another thread has heard of them. */
const sharedProducts = 60_000;

/** Whether threads divide the rows of this contraction among themselves. */
export function isShared(kernel: ContractionKernel): boolean {
  const { rows, columns, depth } = sizesOf(kernel);
  const isLarge = rows * columns * depth >= sharedProducts && rows >= 2 * tileRows;
  return (
    isLarge &&
    usesTiles(kernel) &&
    epilogueNest(kernel) !== undefined &&
    kernel.epilogue.reductions.length === 0
  );
}

/** Tiles pay when they are mostly full; thin products are plain loops. */
function usesTiles(kernel: ContractionKernel): boolean {
  const { rows, columns, depth } = sizesOf(kernel);
  return rows >= 3 && columns >= 4 && depth >= 4;
}

/** The epilogue as a nest over [row, column], when it can run block by block. */
function epilogueNest({ batch, rows, columns, epilogue }: ContractionKernel): Nest | undefined {
  const firstColumn = batch.length + rows.length;
  const isIndexed = epilogue.statements.some(({ op }) => op === 'index');
  if (sizeOf(batch) !== 1 || isIndexed) return undefined;
  const strides = new Map<Access, number[]>();
  for (const access of accessesOf(epilogue)) {
    const row = mergedStride(rows, access.strides.slice(batch.length, firstColumn));
    const column = mergedStride(columns, access.strides.slice(firstColumn));
    if (row === undefined || column === undefined) return undefined;
    strides.set(access, [row, column]);
  }
  return { extents: [tileRows, sizeOf(columns)], strides, indexAxes: new Map() };
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

/** Packs both operands and runs the tile over the product, block of rows by block of rows. */
function emitTiles(
  code: Code,
  lowering: ContractionLowering,
  kernel: ContractionKernel,
  layout: WorkLayout,
  nest: Nest | undefined,
): void {
  const { workArea, module } = lowering;
  const share = isShared(kernel) ? lowering.share : undefined;
  const { batch, rows, columns, depth } = sizesOf(kernel);
  const [leftPanels, rightPanels, product] = [layout.left, layout.right, layout.product].map(
    (offset) => workArea + offset,
  );
  const padded = tileColumns * Math.ceil(columns / tileColumns);
  const microkernel = tile(module, lowering);
  const batchStrides = [kernel.left, kernel.right].map(({ strides }) =>
    mergedStride(kernel.batch, strides.slice(0, kernel.batch.length)),
  );
  const batchAt = code.local('i32');
  const sources = [
    packSource(code, lowering, kernel, 'left', batchAt, batchStrides[0]),
    packSource(code, lowering, kernel, 'right', batchAt, batchStrides[1]),
  ];
  const target = code.local('i32');
  const row = code.local('i32');
  const pushBlock = (at: Code) => {
    at.i32(product);
    if (!share) return;
    share.pushThread(at);
    at.i32(blockBytes(padded)).op('i32.mul', 'i32.add');
  };
  code.i32(product).set(target).i32(0).set(batchAt);
  code.repeat(batch, () => {
    const rowPanels = Math.ceil(rows / tileRows);
    const own = share?.rangeOf(code, rowPanels);
    // Each range is used up by the loop that it bounds
    emitPack(code, sources[0], tileRows, leftPanels, share?.rangeOf(code, rowPanels));
    emitPack(code, sources[1], tileColumns, rightPanels, share?.rangeOf(code, padded / tileColumns));
    const left = code.local('i32');
    code.i32(leftPanels).set(left).i32(0).set(row);
    if (share && own) {
      share.barrier(code);
      code
        .get(own.first)
        .i32(tileRows)
        .op('i32.mul')
        .tee(row)
        .i32(4 * depth)
        .op('i32.mul')
        .get(left)
        .op('i32.add')
        .set(left);
      pushBlock(code);
      code.set(target);
    }
    const eachPanel = (build: () => void) =>
      own ? code.repeatWhile(own.count, build) : code.repeat(rowPanels, build);
    eachPanel(() => {
      const [right, place] = [code.local('i32'), code.local('i32')];
      code.i32(rightPanels).set(right).get(target).set(place);
      code.repeat(padded / tileColumns, () => {
        code
          .get(left)
          .get(right)
          .get(place)
          .i32(depth)
          .i32(4 * padded)
          .call(microkernel);
        code.advance(right, 4 * tileColumns * depth).advance(place, 4 * tileColumns);
      });
      code.advance(left, 4 * tileRows * depth);
      if (nest) {
        emitBody(code, lowering, kernel.epilogue, nest, {
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
          pushOrigin: (at, [stride]) =>
            at
              .get(row)
              .i32(4 * stride)
              .op('i32.mul'),
          product: { pushAddress: pushBlock, rowBytes: 4 * padded },
        });
        code.advance(row, tileRows);
      } else {
        code.advance(target, 4 * tileRows * padded);
      }
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
