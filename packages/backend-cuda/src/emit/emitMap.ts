import type { Statement, Store } from '@polyneuron/fusion';
import { type Shape, sizeOf } from '@polyneuron/graph';
import { decode, indexedAxes, loadsOf, mergeAxes } from './axes.js';
import { emitStatements, storeTo } from './emitStatements.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';

/** Threads for a number of independent points: whole warps, 256 at most. */
export const threadsFor = (points: number): number => Math.min(256, 32 * Math.max(1, Math.ceil(points / 32)));

/** Begins a kernel with one thread per point; the name of the point's index. */
export function emitPointIndex(
  writer: KernelWriter,
  points: number,
): { readonly index: string; readonly threads: number; readonly blocks: number } {
  const threads = threadsFor(points);
  const blocks = Math.ceil(points / threads);
  const index = writer.define(
    'int',
    blocks === 1 ? '(int)threadIdx.x' : `(int)(blockIdx.x * ${threads} + threadIdx.x)`,
    'i',
  );
  if (points % threads !== 0) writer.line(`if (${index} >= ${points}) return;`);
  return { index, threads, blocks };
}

/** One thread per point of the domain: statements, then stores. */
export function emitMap(
  { buffers }: EmitContext,
  domain: Shape,
  statements: readonly Statement[],
  stores: readonly Store[],
): CudaKernel[] {
  const points = sizeOf(domain);
  if (points === 0 || stores.length === 0) return [];
  const writer = new KernelWriter(buffers);
  const accesses = [...loadsOf(statements), ...stores.map(({ access }) => access)];
  const axes = mergeAxes([domain], accesses, indexedAxes(statements));
  const { index, threads, blocks } = emitPointIndex(writer, points);
  const coordinates = decode(writer, index, axes.groups[0]);
  const roots = stores.map(({ value }) => value);
  const names = emitStatements(writer, statements, roots, { axes, coordinates });
  for (const { value, access } of stores) storeTo(writer, axes.rebase(access), coordinates, names[value]);
  return [writer.finish('map', blocks, threads)];
}
