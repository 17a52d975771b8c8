import { createRandom, type Random } from '@polyneuron/datasets';

/** What draws random numbers: each has a stream of its own, so that no setting shifts the numbers of another. */
export type StreamName = 'points' | 'noise' | 'split' | 'batches';

/**
 * The stream of one purpose under one seed of 32 bits.
 *
 * FNV-1a of the name on the seed, finished by the mixer of MurmurHash3: integer arithmetic, the same on every platform.
 */
export function streamOf(seed: number, name: StreamName): Random {
  return createRandom(derivedSeed(seed, name));
}

export function derivedSeed(seed: number, name: StreamName): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
