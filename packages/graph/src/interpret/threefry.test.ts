import { describe, expect, it } from 'vitest';
import { threefry2x32, uniformValues } from './threefry.js';

describe('threefry2x32', () => {
  // Known answers of Random123 (kat_vectors, threefry2x32 with 20 rounds), which JAX tests against too
  it.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] as const)('key %j, counter %j', (key, counter, words) => {
    expect(threefry2x32(key, counter)).toEqual(words);
  });

  it('reads negative words as the same bits', () => {
    expect(threefry2x32([-1, -1], [-1, -1])).toEqual([0x1cb996fc, 0xbb002be7]);
  });
});

describe('uniformValues', () => {
  it('lies in [0, 1), does not depend on the count, and differs by counter', () => {
    const values = uniformValues(1, 0, 1001);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(uniformValues(1, 0, 10)).toEqual(values.slice(0, 10));
    expect(uniformValues(1, 1, 10)).not.toEqual(values.slice(0, 10));
    expect(uniformValues(1, 0, 0)).toHaveLength(0);
  });

  it('has the mean and the variance of a uniform law within five standard errors', () => {
    const count = 100_000;
    const values = uniformValues(7, 3, count);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    // Var[(u - 1/2)²] = 1/80 - 1/144
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt((1 / 80 - 1 / 144) / count));
  });
});
