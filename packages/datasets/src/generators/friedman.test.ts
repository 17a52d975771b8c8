import { describe, expect, it } from 'vitest';
import { fingerprint } from '../testing/sha256.js';
import { friedman } from './friedman.js';

describe('friedman', () => {
  it('gives the same bytes on every platform', () => {
    expect(fingerprint(friedman())).toMatchInlineSnapshot(`"c3fdd5fc28e4f84f"`);
  });

  it('follows the formula when there is no noise', () => {
    const { x, y, count } = friedman({ count: 500, noise: 0, features: 6 });
    for (let i = 0; i < count; i++) {
      const [a, b, c, d, e] = x.subarray(6 * i, 6 * i + 6);
      const expected = 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e;
      expect(Math.abs(y[i] - expected)).toBeLessThan(1e-5); // x was rounded to float32 after y was computed
    }
  });

  it('adds the noise asked for to the same inputs', () => {
    const [clean, noisy] = [friedman({ noise: 0 }), friedman({ noise: 2 })];
    expect(noisy.x.every((v, i) => v === clean.x[i])).toBe(true);
    const squares = noisy.y.map((v, i) => (v - clean.y[i]) ** 2);
    expect(Math.sqrt(squares.reduce((a, b) => a + b) / squares.length)).toBeCloseTo(2, 1);
  });

  it('rejects fewer than five features', () => {
    expect(() => friedman({ features: 4 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: friedman expected features to be an integer from 5 to 1000, got 4.

      Fix: features is the number of features, of which five matter; its default is 10]
    `);
  });
});
