import { expect } from 'vitest';

// √3 and -√3 with weight 1/6 each and 0 with weight 2/3 have the first moments 0, 1, 0, 3 of the standard normal law:
// means over this grid are exact for forms of degree 2, and the weights of the many units are the only sample.
const side = [-Math.sqrt(3), 0, Math.sqrt(3)];
const points = side.flatMap((a) => side.flatMap((b) => side.map((c) => [a, b, c])));
const weights = points.map((point) => point.reduce((weight, at) => weight * (at === 0 ? 2 / 3 : 1 / 6), 1));

/** 27 points of three features that stand for N(0, 1)³. */
export const gaussianGrid = { batch: points.length, inputShapes: [[3]], inputs: [points.flat()] } as const;

/**
 * Asserts the mean over units of each unit's second moment over `gaussianGrid`, within four of the standard errors that
 * the units themselves show; refuses a sample whose error would hide a factor of 4/3.
 */
export function expectSecondMoment(y: readonly number[], expected: number): void {
  const units = y.length / points.length;
  const moments = Array.from({ length: units }, (_, unit) =>
    weights.reduce((total, weight, row) => total + weight * y[row * units + unit] ** 2, 0),
  );
  const mean = moments.reduce((total, value) => total + value, 0) / units;
  const spread = moments.reduce((total, value) => total + (value - mean) ** 2, 0) / units;
  const error = Math.sqrt(spread / units);
  expect(4 * error).toBeLessThan(expected / 4);
  expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4 * error + 1e-6);
}
