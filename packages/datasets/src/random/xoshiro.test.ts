import { describe, expect, it } from 'vitest';
import { splitmix32, xoshiro128StarStar } from './xoshiro.js';

describe('xoshiro128StarStar', () => {
  it('gives the published outputs of state 1, 2, 3, 4', () => {
    // Outputs of xoshiro128starstar.c 1.1, as in the tests of the Rust crate rand_xoshiro.
    const next = xoshiro128StarStar(Uint32Array.of(1, 2, 3, 4));
    const outputs = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ];
    expect(Array.from({ length: 10 }, next)).toEqual(outputs);
  });
});

describe('splitmix32', () => {
  it('equals its definition in exact integers', () => {
    const mask = 0xffffffffn;
    const define = (seed: bigint, i: bigint) => {
      let word = (seed + (i + 1n) * 0x9e3779b9n) & mask;
      word = ((word ^ (word >> 16n)) * 0x21f0aaadn) & mask;
      word = ((word ^ (word >> 15n)) * 0x735a2d97n) & mask;
      return Number(word ^ (word >> 15n));
    };
    for (const seed of [0, 1, 42, 0x7fffffff, 0x80000000, 0xffffffff]) {
      const words = [0n, 1n, 2n, 3n].map((i) => define(BigInt(seed), i));
      expect([...splitmix32(seed, 4)]).toEqual(words);
    }
  });
});
