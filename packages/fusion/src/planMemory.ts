import type { Buffer, BufferId, Plan } from './plan.js';
import { readsOf, writesOf } from './reads.js';

export interface MemoryPlan {
  /** Address of each buffer in bytes. */
  readonly addresses: ReadonlyMap<BufferId, number>;
  /** One past the last byte. */
  readonly end: number;
}

const bytesPerElement = 4;

/**
 * Lays buffers out from `start` on: state, constants, inputs and outputs side by side, then scratch buffers, which
 * share addresses when no kernel needs both. Every address is a multiple of `alignment`; `slack` bytes after each
 * buffer may be read (never kept) by code that reads whole vectors.
 */
export function planMemory({ buffers, kernels }: Plan, start: number, alignment = 64, slack = 0): MemoryPlan {
  const uses = kernels.map((kernel) => [
    ...readsOf(kernel).map(({ access }) => access.buffer),
    ...writesOf(kernel).map(({ buffer }) => buffer),
  ]);
  return packBuffers(buffers, uses, start, alignment, slack);
}

/** The same for any list of steps that run in order, given by the buffers that each needs. */
export function packBuffers(
  buffers: readonly Buffer[],
  uses: readonly (readonly BufferId[])[],
  start: number,
  alignment = 64,
  slack = 0,
): MemoryPlan {
  const align = (address: number) => Math.ceil(address / alignment) * alignment;
  const addresses = new Map<BufferId, number>();
  let end = align(start);
  const bytesOf = ({ size }: Buffer) => align(size * bytesPerElement + slack);
  for (const buffer of buffers.filter(({ kind }) => kind !== 'scratch')) {
    addresses.set(buffer.id, end);
    end += bytesOf(buffer);
  }
  const lives = new Map<BufferId, { from: number; to: number }>();
  uses.forEach((needed, at) => {
    for (const buffer of needed) {
      const life = lives.get(buffer);
      if (life) life.to = at;
      else lives.set(buffer, { from: at, to: at });
    }
  });
  // First fit, largest first: a classic bound for interval colouring with sizes
  const placed: { from: number; to: number; address: number; bytes: number }[] = [];
  const base = end;
  const scratch = buffers
    .filter(({ kind, id }) => kind === 'scratch' && lives.has(id))
    .sort((a, b) => b.size - a.size || a.id - b.id);
  for (const buffer of scratch) {
    const life = lives.get(buffer.id) as { from: number; to: number };
    const bytes = bytesOf(buffer);
    const rivals = placed
      .filter(({ from, to }) => from <= life.to && life.from <= to)
      .sort((a, b) => a.address - b.address);
    let address = base;
    for (const rival of rivals)
      if (rival.address < address + bytes) address = Math.max(address, rival.address + rival.bytes);
    placed.push({ ...life, address, bytes });
    addresses.set(buffer.id, address);
    end = Math.max(end, address + bytes);
  }
  return { addresses, end };
}
