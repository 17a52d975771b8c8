import { type Buffer, type BufferId, type Kernel, readsOf, writesOf } from '@polyneuron/fusion';
import type { FinishedKernel } from './finish.js';
import type { Part } from './lowerParts.js';
import { loadsOf } from './nest.js';

/** Several kernels that write one buffer, as one pass over it. */
export interface PartsStep {
  readonly kind: 'parts';
  readonly buffer: BufferId;
  readonly parts: readonly Part[];
}

/** What becomes a group of passes. */
export type Step = Kernel | FinishedKernel | PartsStep;

/** Joins kernels that do nothing but write parts of one buffer. */
export function mergeParts(
  buffers: readonly Buffer[],
  kernels: readonly (Kernel | FinishedKernel)[],
): Step[] {
  const partOf = (kernel: Kernel | FinishedKernel): Part | undefined => {
    if (kernel.kind !== 'loop') return undefined;
    const { domain, statements, stores, reductions } = kernel.body;
    if (stores.length !== 1 || reductions.length > 0) return undefined;
    const [{ value, access }] = stores;
    const { kind, size } = buffers[access.buffer];
    // Inputs and state may be bound to other textures meanwhile
    return kind === 'scratch' && size > 0 ? { domain, statements, value, access } : undefined;
  };
  const steps: Step[] = [];
  const open = new Map<BufferId, { at: number; parts: Part[] }>();
  for (const kernel of kernels) {
    const part = partOf(kernel);
    const known = part && open.get(part.access.buffer);
    const all = kernel.kind === 'finished' ? [kernel.fold, kernel.map] : [kernel];
    const reads = all.flatMap((one) => readsOf(one).map(({ access }) => access.buffer));
    const writes = all.flatMap((one) => writesOf(one).map(({ buffer }) => buffer));
    // A part waits for the next one; whoever reads the buffer, or overwrites what the part reads, ends that
    for (const [buffer, { parts }] of open) {
      const isOwn = part?.access.buffer === buffer;
      const sources = parts.flatMap(({ statements }) => loadsOf(statements).map((access) => access.buffer));
      const isTouched = !isOwn && (reads.includes(buffer) || writes.includes(buffer));
      if (isTouched || writes.some((written) => written !== buffer && sources.includes(written)))
        open.delete(buffer);
    }
    if (part && known && open.has(part.access.buffer) && readsOnlyItself(part)) {
      known.parts.push(part);
      // Takes its place at the last part, when all sources are there
      steps.splice(known.at, 1);
      for (const other of open.values()) if (other.at > known.at) other.at--;
      known.at = steps.push({ kind: 'parts', buffer: part.access.buffer, parts: known.parts }) - 1;
    } else {
      const at = steps.push(kernel) - 1;
      if (part) open.set(part.access.buffer, { at, parts: [part] });
    }
  }
  return steps;
}

/** Whether a part reads its own buffer only where it writes it. */
const readsOnlyItself = ({ statements, access }: Part): boolean =>
  loadsOf(statements).every(
    (load) =>
      load.buffer !== access.buffer ||
      (load.offset === access.offset && load.strides.join() === access.strides.join()),
  );
