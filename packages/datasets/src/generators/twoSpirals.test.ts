import { describe, expect, it } from 'vitest';
import { fingerprint } from '../testing/sha256.js';
import { twoSpirals } from './twoSpirals.js';

describe('twoSpirals', () => {
  it('gives the same bytes on every platform', () => {
    expect(fingerprint(twoSpirals())).toMatchInlineSnapshot(`"45627d6c4e2c5831"`);
  });

  it('lies on the two spirals when there is no noise', () => {
    const { x, y, count } = twoSpirals({ count: 400, noise: 0 });
    for (let i = 0; i < count; i++) {
      const sign = y[i] === 0 ? 1 : -1;
      const [px, py] = [sign * x[2 * i], sign * x[2 * i + 1]];
      const t = (104 - (104 * Math.hypot(px, py)) / 6.5) / 96;
      const angle = 6 * Math.PI * t;
      expect(
        Math.hypot(Math.sin(angle) - px / Math.hypot(px, py), Math.cos(angle) - py / Math.hypot(px, py)),
      ).toBeLessThan(1e-4);
      expect(t).toBeGreaterThan(-1e-6);
      expect(t).toBeLessThan(1);
    }
  });

  it('moves the same points by the noise asked for', () => {
    const [clean, noisy] = [twoSpirals({ noise: 0 }), twoSpirals({ noise: 0.2 })];
    const squares = noisy.x.map((v, i) => (v - clean.x[i]) ** 2);
    const deviation = Math.sqrt(squares.reduce((a, b) => a + b) / squares.length);
    expect(Math.abs(deviation - 0.2)).toBeLessThan(0.009); // 4 σ of 4000 draws
  });

  it('rejects negative noise', () => {
    expect(() => twoSpirals({ noise: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: twoSpirals expected noise to be a number from 0 to 10, got -1.

      Fix: noise is the standard deviation of the noise on each coordinate; its default is 0.1]
    `);
  });
});
