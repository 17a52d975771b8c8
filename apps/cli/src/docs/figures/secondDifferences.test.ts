import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { secondDifferences } from './secondDifferences.js';

const samples = [
  [1, 2, 3],
  [-1, 0, 1],
];

describe('secondDifferences', () => {
  it('is the matrix of second derivatives of a quadratic form, for any step', () => {
    // y0 = 3 x0 x1 + x2², y1 = x0
    const table = secondDifferences(
      (rows) => rows.map((x) => Float64Array.of(3 * x[0] * x[1] + x[2] ** 2, x[0])),
      samples,
      0.5,
    );
    expect(table).toEqual([
      [
        [0, 3, 0],
        [3, 0, 0],
        [0, 0, 2],
      ],
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ]);
  });

  it('is the mean of sizes over the samples', () => {
    // y = x0² x1: the second derivatives are 2 x1 and 2 x0
    const [table] = secondDifferences(
      (rows) => rows.map((row) => Float64Array.of(row[0] ** 2 * row[1])),
      samples,
      1e-3,
    );
    expectClose(table!.flat(), [2, 2, 0, 2, 0, 0, 0, 0, 0], tolerances.float32.gradient);
  });

  it('sees a kink with a large step', () => {
    const relu = secondDifferences((rows) => rows.map((x) => Float64Array.of(Math.max(0, x[0]))), [[0]], 0.5);
    // (relu(1) - 2 relu(0) + relu(-1)) / 4 h²
    expect(relu).toEqual([[[1]]]);
  });
});
