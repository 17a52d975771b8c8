import { describe, expect, it } from 'vitest';
import { fingerprint } from '../testing/sha256.js';
import { crossPolynomial } from './crossPolynomial.js';

describe('crossPolynomial', () => {
  it('gives the same bytes on every platform', () => {
    expect(fingerprint(crossPolynomial())).toMatchInlineSnapshot(`"5aa7d350194ffbe9"`);
    expect(fingerprint(crossPolynomial({ count: 100, seed: 1 }))).toMatchInlineSnapshot(`"b29aba94c42a66b8"`);
  });

  it('follows the formula on the grid', () => {
    const { x, y, count } = crossPolynomial({ count: 500, seed: 3 });
    for (let i = 0; i < count; i++) {
      const [a, b, c] = [0, 1, 2].map((j) => Math.round(x[3 * i + j] * 200));
      expect([a / 200, b / 200, c / 200].map(Math.fround)).toEqual([...x.subarray(3 * i, 3 * i + 3)]);
      expect(y[i]).toBe(Math.fround((a * a + a * b + b * c + c * c) / 40_000));
    }
  });

  it('covers 0 to 199/200 and has the spread that the source reports', () => {
    const { x, y } = crossPolynomial();
    expect([x.reduce((a, b) => Math.min(a, b)), x.reduce((a, b) => Math.max(a, b))]).toEqual([
      0,
      Math.fround(0.995),
    ]);
    const mean = y.reduce((sum, v) => sum + v, 0) / y.length;
    const deviation = Math.sqrt(y.reduce((sum, v) => sum + (v - mean) ** 2, 0) / y.length);
    // Published: 0.6893 and 0.6889. Both are samples: the standard error at 100,000 is about 0.002.
    expect(Math.abs(deviation - 0.6893)).toBeLessThan(0.006);
  });

  it('rejects a bad count', () => {
    expect(() => crossPolynomial({ count: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: crossPolynomial expected count to be an integer from 1 to 20000000, got 0.

      Fix: count is the number of samples; its default is 100000]
    `);
  });
});
