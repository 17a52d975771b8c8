/** @file How a contraction lies in the work area, and how threads divide it. */
import type { Access, ContractionKernel } from '@polyneuron/fusion';
import { sizeOf } from '@polyneuron/graph';
import { accessesOf, mergedStride, type Nest } from './nest.js';
import { tileColumns, tileRows } from './tile.js';

export interface Sizes {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

export function sizesOf({ batch, rows, columns, depth }: ContractionKernel): Sizes {
  return { batch: sizeOf(batch), rows: sizeOf(rows), columns: sizeOf(columns), depth: sizeOf(depth) };
}

const align = (bytes: number) => Math.ceil(bytes / 64) * 64;

/** Byte offsets within one thread's part of the work area. */
export interface WorkLayout {
  readonly left: number;
  readonly right: number;
  readonly product: number;
  /** Of one thread. */
  readonly bytes: number;
}

/** Panels of both operands, then the product: one block of rows, or all of it where the epilogue runs on its own. */
export function layoutOf(kernel: ContractionKernel, threads: number): WorkLayout {
  const { batch, rows, columns, depth } = sizesOf(kernel);
  if (!usesTiles(kernel)) return { left: 0, right: 0, product: 0, bytes: align(4 * batch * rows * columns) };
  const left = align(4 * tileRows * Math.ceil(rows / tileRows) * depth);
  const padded = tileColumns * Math.ceil(columns / tileColumns);
  const right = align(4 * padded * depth);
  const product = epilogueNest(kernel)
    ? 4 * tileRows * divide(kernel, threads).width
    : 4 * batch * tileRows * Math.ceil(rows / tileRows) * padded;
  return { left: 0, right: left, product: left + right, bytes: left + right + align(product) };
}

export interface WorkArea {
  /** Bytes from one thread's part to the next: the same for all kernels, so that no part changes its core. */
  readonly stride: number;
  readonly bytes: number;
}

/** The work area of a module: threads pack for themselves, so each has a part of its own in shared contractions. */
export function workAreaOf(kernels: readonly ContractionKernel[], threads: number): WorkArea {
  const bytesOf = (list: readonly ContractionKernel[]) =>
    Math.max(0, ...list.map((kernel) => layoutOf(kernel, threads).bytes));
  const stride = bytesOf(kernels.filter(isShared));
  return { stride, bytes: Math.max(threads * stride, bytesOf(kernels)) };
}

/** What threads divide among themselves: blocks of columns that are `width` wide, or panels of rows. */
export interface Division {
  readonly along: 'columns' | 'rows';
  readonly width: number;
  readonly blocks: number;
}

/** Columns that a thread takes at a time, at most: the panels of a block stay in the cache while all rows pass. */
const widestBlock = 128;

/**
 * Columns where they can be divided evenly, so that the weights of a layer are read, and updated, by the core that has
 * them: the columns of a forward product and those of its kernel's gradient are the same. Every thread then packs the
 * whole left operand for itself, which costs less than a barrier and the way between two caches. An operand without
 * strides packs slowly; rows are divided then.
 */
export function divide(kernel: ContractionKernel, threads: number): Division {
  const { columns } = sizesOf(kernel);
  const whole: Division = {
    along: 'rows',
    width: tileColumns * Math.ceil(columns / tileColumns),
    blocks: 1,
  };
  if (threads === 1 || !isShared(kernel) || !packsFast(kernel)) return whole;
  const shareOf = (width: number) => width * Math.ceil(columns / width / threads);
  const widths = Array.from({ length: widestBlock / tileColumns }, (_, at) => tileColumns * (at + 1))
    .filter((width) => columns % width === 0 && columns / width >= threads)
    .sort((a, b) => shareOf(a) - shareOf(b) || b - a);
  return widths.length === 0 ? whole : { along: 'columns', width: widths[0], blocks: columns / widths[0] };
}

/** Whether strides alone say where the rows of the left operand lie. */
function packsFast({ batch, rows, depth, left }: ContractionKernel): boolean {
  const first = batch.length + rows.length;
  return (
    mergedStride(rows, left.strides.slice(batch.length, first)) !== undefined &&
    mergedStride(depth, left.strides.slice(first)) !== undefined
  );
}

/** Contractions of fewer multiply-adds are done before another thread has heard of them. */
const sharedProducts = 30_000;

/** Whether threads divide this contraction among themselves. */
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
export function usesTiles(kernel: ContractionKernel): boolean {
  const { rows, columns, depth } = sizesOf(kernel);
  return rows >= 3 && columns >= 4 && depth >= 4;
}

/** The epilogue as a nest over [row, column], when it can run block by block. */
export function epilogueNest({ batch, rows, columns, epilogue }: ContractionKernel): Nest | undefined {
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
