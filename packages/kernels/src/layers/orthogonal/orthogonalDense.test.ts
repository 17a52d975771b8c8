import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type OrthogonalDenseConfig, orthogonalDenseSpec } from './orthogonalDense.js';

const bound = tolerances.float64.contraction(64);

/** Rows of x through the layer without bias. */
function turn(
  x: ArrayLike<number>,
  n: number,
  config: Partial<OrthogonalDenseConfig>,
  normals: ArrayLike<number>,
): number[] {
  const inputShapes = [[n]];
  const run = { config: { useBias: false, ...config }, batch: x.length / n, inputShapes, inputs: [x] };
  return runLayer(orthogonalDenseSpec, { ...run, parameters: { normals } });
}

/** Q, one row per feature: the images of the unit vectors. */
function kernelOf(n: number, config: Partial<OrthogonalDenseConfig>, normals: ArrayLike<number>): number[][] {
  const units = config.units as number;
  const identity = Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
  const images = turn(identity, n, config, normals);
  return Array.from({ length: n }, (_, row) => images.slice(row * units, (row + 1) * units));
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, at) => sum + value * b[at], 0);
const transposed = (rows: readonly number[][]) => rows[0].map((_, column) => rows.map((row) => row[column]));

/** Rows are orthonormal. */
function expectOrthonormal(rows: readonly number[][]): void {
  rows.forEach((a, i) => {
    rows.forEach((b, j) => {
      expectClose(dot(a, b), i === j ? 1 : 0, bound);
    });
  });
}

/** By elimination with the largest pivot. */
function determinant(rows: readonly number[][]): number {
  if (rows.length === 0) return 1;
  const at = rows.reduce(
    (best, row, index) => (Math.abs(row[0]) > Math.abs(rows[best][0]) ? index : best),
    0,
  );
  const pivot = rows[at];
  const rest = rows.filter((_, index) => index !== at);
  const reduced = rest.map((row) =>
    row.slice(1).map((value, i) => value - (row[0] / pivot[0]) * pivot[i + 1]),
  );
  return (at % 2 === 0 ? 1 : -1) * pivot[0] * determinant(reduced);
}

describe('orthogonalDense', () => {
  it('computes the hand-worked example', () => {
    const parameters = { normals: [1, 0, 1, -1], bias: [10, 20] };
    const run = { config: { units: 2 }, inputShapes: [[2]], inputs: [[3, 4]], parameters };
    // [3, 4] => [-3, 4] => [4, -3], and the bias
    expect(runLayer(orthogonalDenseSpec, run)).toEqual([14, 17]);
  });

  it('fills narrow inputs up with zeros, and drops the last coordinates of wide ones', () => {
    // The plane x = z changes the first coordinate with the third
    expect(turn([3, 4], 2, { units: 3, reflections: 1 }, [1, 0, -1])).toEqual([0, 4, 3]);
    expect(turn([3, 4, 5], 3, { units: 2, reflections: 1 }, [1, 0, -1])).toEqual([5, 4]);
  });

  it.each([1, 2, 3, 8, 13])('is orthogonal of determinant (-1)^k for k = %d on 8 features', (reflections) => {
    const kernel = kernelOf(8, { units: 8, reflections }, testRandom(reflections).normals(8 * reflections));
    expectOrthonormal(kernel);
    expectOrthonormal(transposed(kernel));
    expectClose(determinant(kernel), (-1) ** reflections, bound);
  });

  it('keeps lengths and angles into more units, and has orthonormal columns into fewer', () => {
    expectOrthonormal(kernelOf(3, { units: 7 }, testRandom(1).normals(3 * 7)));
    expectOrthonormal(transposed(kernelOf(7, { units: 3 }, testRandom(2).normals(3 * 7))));
  });

  it('keeps the length of 64 features through 64 reflections', () => {
    const random = testRandom(3);
    const x = Array.from(random.normals(64));
    const y = turn(x, 64, { units: 64 }, random.normals(64 * 64));
    expectClose(dot(y, y), dot(x, x), tolerances.float64.gradient);
  });

  it('does not depend on the lengths of the normals', () => {
    const random = testRandom(4);
    const [x, normals] = [random.normals(5), random.normals(3 * 5)];
    const scaled = normals.map((value, at) => value * [1e-100, -3, 1e100][Math.floor(at / 5)]);
    const config = { units: 4, reflections: 3 };
    expectClose(turn(x, 5, config, scaled), turn(x, 5, config, normals), bound);
  });

  it('reaches every plane rotation with two reflections', () => {
    // Normals at angles a and b turn by 2 (b - a)
    for (const angle of [0.3, 2, -1]) {
      const normals = [1, 0, Math.cos(angle / 2), Math.sin(angle / 2)];
      expectClose(turn([1, 0], 2, { units: 2 }, normals), [Math.cos(angle), Math.sin(angle)], bound);
    }
  });

  it('starts with (1 - 2/N)^k of the identity on average', () => {
    const config = { units: 8, reflections: 4 };
    const diagonals = Array.from({ length: 200 }, (_, seed) => {
      const { normals } = createParameters(orthogonalDenseSpec, config, [[8]], seed);
      return kernelOf(8, config, normals).reduce((sum, row, at) => sum + row[at] / 8, 0);
    });
    const mean = diagonals.reduce((sum, value) => sum + value, 0) / 200;
    // Four standard errors of the mean of traces with deviation below 0.2
    expect(Math.abs(mean - 0.75 ** 4)).toBeLessThan((4 * 0.2) / Math.sqrt(200));
  });

  it('starts with the variance of its inputs where units <= n', () => {
    let x = Array.from(testRandom(5).normals(32 * 16));
    for (const units of [32, 32, 32, 24]) {
      const n = x.length / 16;
      const parameters = createParameters(orthogonalDenseSpec, { units }, [[n]], units);
      x = runLayer(orthogonalDenseSpec, {
        config: { units },
        batch: 16,
        inputShapes: [[n]],
        inputs: [x],
        parameters,
      });
    }
    const variance = dot(x, x) / x.length;
    // 384 squares of variance 2: four standard errors are 0.29
    expect(Math.abs(variance - 1)).toBeLessThan(0.29);
  });

  it('has finite derivatives at a zero normal, which reflects nothing', () => {
    expect(turn([3, 4], 2, { units: 2 }, [0, 0, 0, 0])).toEqual([3, 4]);
    const f = layerFunction(orthogonalDenseSpec, { units: 2 }, { batch: 1, inputShapes: [[2]] });
    const vector = Float64Array.of(3, 4, 0, 0, 1, 2, 0, 0);
    expect(f.gradient(vector).every(Number.isFinite)).toBe(true);
    expect(
      f
        .hessianProduct(
          vector,
          vector.map(() => 1),
        )
        .every(Number.isFinite),
    ).toBe(true);
  });

  it('has min(n, units) normals of max(n, units) coordinates', () => {
    expect(countParameters(orthogonalDenseSpec, { units: 3 }, [[5]])).toBe(3 * 5 + 3);
    expect(countParameters(orthogonalDenseSpec, { units: 5, useBias: false }, [[3]])).toBe(3 * 5);
    expect(countParameters(orthogonalDenseSpec, { units: 4, reflections: 2 }, [[4]])).toBe(2 * 4 + 4);
  });

  it('rejects no units, no reflections, and inputs without features', () => {
    const run =
      (config: object, inputShapes: number[][] = [[3]]) =>
      () =>
        runLayer(orthogonalDenseSpec, { config: { units: 1, ...config }, inputShapes, inputs: [] });
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalDense expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ reflections: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalDense expected reflections to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ reflections: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalDense expected reflections to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({}, [[]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: orthogonalDense expected one input of rank 2 or more, got [batch].

      Fix: reshape the input]
    `);
  });
});
