import type { Access, Body, Buffer, BufferId, Kernel } from '@polyneuron/fusion';
import { type Shape, sizeOf, stridesOf } from '@polyneuron/graph';
import type { MapOutput } from './lowerMap.js';

/** Whether an access walks a domain as it lies in memory, from its first element on. */
export function isRowByRow({ offset, strides }: Access, domain: Shape): boolean {
  const expected = stridesOf(domain);
  return offset === 0 && domain.every((extent, axis) => extent <= 1 || strides[axis] === expected[axis]);
}

/** Stores that fill a buffer row by row, and the others. */
export function splitStores(
  buffers: readonly Buffer[],
  { domain, stores }: Body,
): { readonly outputs: MapOutput[]; readonly others: Body['stores'] } {
  const isWhole = ({ access }: { readonly access: Access }) =>
    isRowByRow(access, domain) && buffers[access.buffer].size === sizeOf(domain);
  return {
    outputs: stores.filter(isWhole).map(({ value, access }) => ({ value, buffer: access.buffer })),
    others: stores.filter((store) => !isWhole(store)),
  };
}

/** Two buffers, one of which takes all of the other. */
export interface Alias {
  readonly from: BufferId;
  readonly to: BufferId;
}

/** A kernel that copies one whole buffer to another: both may be the same texture. */
export function aliasOf(buffers: readonly Buffer[], kernel: Kernel): Alias | undefined {
  if (kernel.kind !== 'loop') return undefined;
  const { domain, statements, stores, reductions } = kernel.body;
  if (reductions.length > 0 || stores.length !== 1) return undefined;
  const [{ value, access: target }] = stores;
  const statement = statements[value];
  if (statement.op !== 'load') return undefined;
  const { access: source } = statement;
  const [from, to] = [buffers[source.buffer], buffers[target.buffer]];
  const isWhole = [source, target].every((access) => isRowByRow(access, domain));
  // Textures of inputs hold the inputs of several steps
  return isWhole && from.kind !== 'input' && from.size === to.size && to.size === sizeOf(domain)
    ? { from: from.id, to: to.id }
    : undefined;
}
