export interface TestRandom {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Mean 0, variance 1: the sum of twelve uniforms less 6, so every platform draws the same bits. Never beyond ±6. */
  normal(): number;
  /** Whole number from 0 to bound - 1. */
  integer(bound: number): number;
  /** `count` draws of `normal`. */
  normals(count: number): Float64Array;
  /** `count` draws, uniform on [min, max). */
  uniforms(count: number, min?: number, max?: number): Float64Array;
}

/**
 * Seeded numbers for tests, in integer arithmetic alone: xoshiro128** (Blackman and Vigna 2018), its state filled by
 * SplitMix32 from the seed.
 */
export function testRandom(seed: number): TestRandom {
  const state = splitMix(seed, 4);
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 11);
    return result;
  };
  const uniform = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  const normal = () => {
    let sum = -6;
    for (let draw = 0; draw < 12; draw++) sum += uniform();
    return sum;
  };
  return {
    uniform,
    normal,
    integer: (bound) => Math.floor(uniform() * bound),
    normals: (count) => Float64Array.from({ length: count }, normal),
    uniforms: (count, min = 0, max = 1) =>
      Float64Array.from({ length: count }, () => min + (max - min) * uniform()),
  };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function splitMix(seed: number, count: number): Int32Array {
  let state = seed | 0;
  return Int32Array.from({ length: count }, () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  });
}
