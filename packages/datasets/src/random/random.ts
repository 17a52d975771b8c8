import { log } from './elementary.js';
import { splitmix32, xoshiro128StarStar } from './xoshiro.js';

/** A stream of random numbers. */
export interface Random {
  /** Integer from 0 to 2^32 − 1. */
  uint32(): number;
  /** Uniform in [low, high), by default [0, 1), in steps of 2^-53 of the range. */
  uniform(low?: number, high?: number): number;
  /** Uniform integer in [0, n), 1 ≤ n ≤ 2^32, without modulo bias: draws above the last multiple of n are rejected. */
  below(n: number): number;
  /** Normal with mean 0 and variance 1. */
  normal(): number;
  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<A extends ShuffledArray>(array: A): A;
}

type ShuffledArray = unknown[] | Uint8Array | Uint32Array | Int32Array | Float32Array;

/**
 * Random numbers that are the same bits on every platform, from an integer seed of 32 bits.
 *
 * xoshiro128** seeded by splitmix32: integer operations only. Normals come by Marsaglia's polar method, exact in
 * distribution and made of + − × ÷, `Math.sqrt` (which ECMAScript rounds correctly) and the logarithm of
 * `elementary.ts`; Box and Muller's form would need the engine's own log and cos, which differ in the last bit.
 *
 * Source   Blackman and Vigna 2021 (xoshiro128**); Marsaglia and Bray 1964, A Convenient Method for Generating Normal
 *          Variables (SIAM Review 6:3)
 *
 * @example
 * const random = createRandom(42);
 * random.below(10) // an integer from 0 to 9, the same one everywhere
 */
export function createRandom(seed: number): Random {
  const uint32 = xoshiro128StarStar(splitmix32(seed, 4));
  let spare: number | undefined;

  const random: Random = {
    uint32,
    uniform: (low = 0, high = 1) =>
      // 27 high bits and 26 low bits of two words make one 53-bit integer.
      low + (high - low) * (((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992),
    below(n) {
      const limit = 4294967296 - (4294967296 % n);
      let word = uint32();
      while (word >= limit) word = uint32();
      return word % n;
    },
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const u = random.uniform(-1, 1);
        const v = random.uniform(-1, 1);
        const s = u * u + v * v;
        if (s >= 1 || s === 0) continue;
        const scale = Math.sqrt((-2 * log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    },
    shuffle(array) {
      for (let i = array.length - 1; i > 0; i--) {
        const j = random.below(i + 1);
        const held = array[i];
        array[i] = array[j];
        array[j] = held as never;
      }
      return array;
    },
  };
  return random;
}
