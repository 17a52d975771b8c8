import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contourLines } from './contourLines.js';

describe('contourLines', () => {
  it('crosses a step half way', () => {
    expect(contourLines([0, 0, 1, 1], 2, 0.5)).toEqual([[0, 0.5, 1, 0.5]]);
  });

  it('joins a peak to one closed curve', () => {
    const lines = contourLines([0, 0, 0, 0, 1, 0, 0, 0, 0], 3, 0.5);
    expect(lines).toHaveLength(1);
    expect(lines[0].slice(0, 2)).toEqual(lines[0].slice(-2));
    expect(lines[0]).toHaveLength(10);
  });

  it('separates opposite corners by their mean', () => {
    expect(contourLines([1, 0, 0, 1], 2, 0.4).map((line) => line.length)).toEqual([4, 4]);
    const joined = contourLines([1, 0, 0, 1], 2, 0.4);
    // The mean 0.5 is above 0.4: the two corners above hang together, so each line cuts off a corner below
    expect(joined).toContainEqual([0.6, 0, 1, 0.4]);
  });

  it('follows a circle within the error of linear interpolation', () => {
    const size = 96;
    const values = Float64Array.from({ length: size * size }, (_, at) =>
      Math.hypot((at % size) - 47.5, Math.floor(at / size) - 47.5),
    );
    const lines = contourLines(values, size, 30);
    expect(lines).toHaveLength(1);
    for (let at = 0; at < lines[0].length; at += 2) {
      // |d²r/ds²| <= 1/r along a cell's edge of length 1: error at most 1/8 · 1/r
      expect(Math.abs(Math.hypot(lines[0][at] - 47.5, lines[0][at + 1] - 47.5) - 30)).toBeLessThan(1 / 240);
    }
  });

  it('has no line in cells with a value that is not finite', () => {
    expect(contourLines([0, Number.NaN, 1, 1], 2, 0.5)).toEqual([]);
  });

  it('lies between values below and above, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (values) => {
          for (const line of contourLines(values, 4, 0.1)) {
            for (const coordinate of line) {
              expect(coordinate).toBeGreaterThanOrEqual(0);
              expect(coordinate).toBeLessThanOrEqual(3);
            }
          }
        },
      ),
      { seed: 1 },
    );
  });
});
