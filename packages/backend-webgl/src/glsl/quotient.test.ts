import { describe, expect, it } from 'vitest';
import { quotient } from './quotient.js';

/** What the expression computes, in the float32 arithmetic of a shader. */
function evaluate(dividend: number, divisor: number): number {
  return Math.trunc(Math.fround(Math.fround(dividend + 0.5) * Math.fround(1 / divisor)));
}

describe('quotient', () => {
  it('is exact next to every multiple of a divisor', () => {
    const wrong: number[] = [];
    for (const divisor of [3, 7, 10, 49, 196, 784, 4097, 65_535, 1_048_577, 4_194_303])
      for (let multiple = 0; multiple <= 2 ** 22; multiple += divisor)
        for (const dividend of [multiple - 1, multiple]) {
          if (dividend < 0 || dividend >= 2 ** 22) continue;
          if (evaluate(dividend, divisor) !== Math.floor(dividend / divisor)) wrong.push(dividend);
        }
    expect(wrong).toEqual([]);
  });

  it('shifts for powers of two, and divides integers where floats are too coarse', () => {
    expect(quotient('int', 'i + 1', 1, 100)).toBe('i + 1');
    expect(quotient('ivec4', 'i + 1', 8, 2 ** 30)).toBe('(i + 1) >> 3');
    expect(quotient('ivec4', 'i', 3, 100)).toBe('ivec4((vec4(i) + 0.5) * 0.3333333432674408)');
    expect(quotient('int', 'i', 3, 2 ** 23)).toBe('(i) / 3');
  });
});
