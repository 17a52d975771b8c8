import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import type { OutsideGrid } from './bSplineBasis.js';
import type { SplineCurves } from './splineCurves.js';
import { splineKanSpec } from './splineKan.js';
import { updateSplineGrid } from './updateSplineGrid.js';

const policies: readonly OutsideGrid[] = ['zero', 'linear', 'clamp'];

/** Random curves on the first grid of a layer. */
function randomCurves(
  features: number,
  units: number,
  given: { gridSize?: number; splineOrder?: number; outside?: OutsideGrid } = {},
): SplineCurves {
  const { gridSize = 5, splineOrder = 3, outside = 'linear' } = given;
  const config = { units, gridSize, splineOrder, outside };
  const { grid } = createParameters(splineKanSpec, config, [[features]], 1);
  const splineKernel = testRandom(6).normals(features * (gridSize + splineOrder) * units);
  return { features, units, gridSize, splineOrder, outside, grid, splineKernel };
}

/** Outputs of a layer of these splines alone. */
function outputs(curves: SplineCurves, samples: ArrayLike<number>): number[] {
  const { features, units, gridSize, splineOrder, outside, grid, splineKernel } = curves;
  return runLayer(splineKanSpec, {
    config: { units, gridSize, splineOrder, outside, useBase: false },
    batch: samples.length / features,
    inputShapes: [[features]],
    inputs: [samples],
    parameters: { grid, splineKernel },
  });
}

const gridOf = ({ grid, gridSize, splineOrder }: SplineCurves, feature = 0): number[] => {
  const from = feature * (gridSize + 2 * splineOrder + 1) + splineOrder;
  return Array.from(grid).slice(from, from + gridSize + 1);
};

const differences = (a: readonly number[], b: readonly number[]) => a.map((value, at) => value - b[at]);
const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));
const meanSquare = (values: readonly number[]) =>
  values.reduce((total, value) => total + value * value, 0) / values.length;

describe('updateSplineGrid', () => {
  it('computes the hand-worked grid', () => {
    const curves = randomCurves(1, 1, { gridSize: 2, splineOrder: 1 });
    const samples = [0, 1, 1, 1, 10];
    // Range 10 without margin: even knots 0, 5, 10, quantiles 0, 1, 10, spacing 5 beyond
    const half = updateSplineGrid(curves, samples, { uniformShare: 0.5, margin: 0 });
    expect(Array.from(half.grid)).toEqual([-5, 0, 3, 10, 15]);
    const even = updateSplineGrid(curves, samples, { uniformShare: 1, margin: 0.1 });
    expectClose(even.grid, [-7, -1, 5, 11, 17], tolerances.float64.elementwise);
  });

  it('moves every feature to its own samples, all of which lie inside', () => {
    const curves = randomCurves(2, 1);
    const random = testRandom(2);
    const samples = Array.from({ length: 100 }, () => [5 + random.normal(), 100 * random.normal()]).flat();
    const updated = updateSplineGrid(curves, samples);
    for (const feature of [0, 1]) {
      const grid = gridOf(updated, feature);
      const own = samples.filter((_, at) => at % 2 === feature);
      expect(grid[0]).toBeLessThan(Math.min(...own));
      expect(grid[5]).toBeGreaterThan(Math.max(...own));
      // About a fifth of the samples in each interval
      for (let at = 0; at < 5; at++) {
        const count = own.filter((value) => value >= grid[at] && value < grid[at + 1]).length;
        expect(Math.abs(count - 20)).toBeLessThanOrEqual(2);
      }
    }
  });

  it.each(policies)("keeps straight lines exactly, wherever the grid goes, with '%s'", (outside) => {
    const curves = randomCurves(1, 1, { outside });
    const line = Array.from(
      { length: 8 },
      (_, at) => (curves.grid[at + 1] + curves.grid[at + 2] + curves.grid[at + 3]) / 3,
    );
    const samples = Array.from(testRandom(3).normals(50), (value) => 0.5 * Math.tanh(value));
    const updated = updateSplineGrid({ ...curves, splineKernel: line }, samples);
    expectClose(outputs(updated, samples), samples, tolerances.float64.secondDerivative);
  });

  it('returns the same coefficients for the same grid', () => {
    const curves = randomCurves(1, 2);
    // Quantiles of an even sample are the even grid
    const samples = Array.from({ length: 21 }, (_, at) => -1 + at / 10);
    const updated = updateSplineGrid(curves, samples, { margin: 0 });
    expectClose(updated.grid, curves.grid, tolerances.float32.elementwise);
    expectClose(updated.splineKernel, curves.splineKernel, tolerances.float32.gradient);
  });

  it('keeps the curves on the samples closely, the closer the finer the grid', () => {
    const samples = Array.from(testRandom(5).normals(200), Math.sin);
    const errors = [5, 20, 80].map((gridSize) => {
      const curves = randomCurves(1, 1, { gridSize });
      // A smooth curve, drawn on each grid by its values at the averages of the knots
      const smooth = Array.from({ length: gridSize + 3 }, (_, at) =>
        Math.sin(curves.grid[at + 1] + curves.grid[at + 2] + curves.grid[at + 3]),
      );
      const before = { ...curves, splineKernel: smooth };
      return largest(
        differences(outputs(updateSplineGrid(before, samples), samples), outputs(before, samples)),
      );
    });
    expect(errors[0]).toBeLessThan(0.1);
    expect(errors[1]).toBeLessThan(errors[0] / 8);
    expect(errors[2]).toBeLessThan(errors[1] / 8);
  });

  it.each([
    ['one sample', [0.3]],
    ['one value a thousand times', new Array<number>(1000).fill(-0.7)],
    ['a constant beyond the grid', [1e6, 1e6, 1e6]],
    ['all zeros', [0, 0, 0, 0]],
    ['two values', [0, 1, 0, 1, 1]],
    ['two values that float32 hardly tells apart', [1, 1 + 2 ** -23]],
    ['fewer samples than coefficients', [-0.5, 0.1, 0.2]],
    ['nearly all samples in one place', [...new Array<number>(500).fill(0.25), 0.9]],
    ['an outlier', [0, 0.1, 0.2, 0.3, 1e8]],
  ])(
    'defect: efficient-kan #4, #20 and pykan #226 lstsq failures on rank-deficient data: %s',
    (_, samples) => {
      for (const outside of policies) {
        for (const splineOrder of [0, 1, 3, 5]) {
          const curves = randomCurves(1, 2, { outside, splineOrder });
          const updated = updateSplineGrid(curves, samples);
          expect([...updated.grid, ...updated.splineKernel].every(Number.isFinite)).toBe(true);
          const grid = Array.from(updated.grid, Math.fround);
          expect(grid.every((knot, at) => at === 0 || knot > grid[at - 1])).toBe(true);
          // No worse than splines of 0, which the least squares may choose
          const [first, last] = [grid[splineOrder], grid[splineOrder + 5]];
          const places = Array.from({ length: 201 }, (_, at) => first + ((last - first) * at) / 200);
          const errors = differences(outputs(updated, samples), outputs(curves, samples));
          const bound = meanSquare(outputs(curves, samples)) + 0.01 * largest(outputs(curves, places)) ** 2;
          expect(meanSquare(errors)).toBeLessThanOrEqual(bound * (1 + 1e-9));
        }
      }
    },
  );

  it('keeps grid and curves of a feature that does not vary, and moves the others', () => {
    const curves = randomCurves(2, 1);
    const updated = updateSplineGrid(curves, [3, 0, 3, 1, 3, 2]);
    expect(gridOf(updated, 0)).toEqual(gridOf(curves, 0));
    expect(Array.from(updated.splineKernel).slice(0, 8)).toEqual(Array.from(curves.splineKernel).slice(0, 8));
    expect(gridOf(updated, 1)[5]).toBeCloseTo(2.02, 5);
  });

  it('keeps the curve where there are no samples, as far as the new grid reaches', () => {
    const curves = randomCurves(1, 1, { gridSize: 20 });
    // A hundred samples at the left, one at the right end
    const samples = [...Array.from({ length: 100 }, (_, at) => -1 + at / 1000), 1];
    const updated = updateSplineGrid(curves, samples, { uniformShare: 1, margin: 0 });
    const between = [-0.5, -0.25, 0, 0.25, 0.5, 0.75];
    expectClose(outputs(updated, between), outputs(curves, between), tolerances.float32.gradient);
  });

  it('rejects samples that are not finite or not rows, and options out of range', () => {
    const curves = randomCurves(2, 1);
    const run =
      (samples: number[], options = {}) =>
      () =>
        updateSplineGrid(curves, samples, options);
    expect(run([])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: updateSplineGrid expected samples [N, 2] with at least one row, got 0 values.

      Fix: pass the inputs of the layer, row after row]
    `);
    expect(run([1, 2, 3])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: updateSplineGrid expected samples [N, 2] with at least one row, got 3 values.

      Fix: pass the inputs of the layer, row after row]
    `);
    expect(run([1, 2, 3, Number.NaN])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: updateSplineGrid expected finite samples, got NaN in row 1, feature 1.

      Fix: leave such rows out: a grid has no place for them]
    `);
    expect(run([1, 2], { uniformShare: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: updateSplineGrid expected uniformShare to be a finite number above 0 and at most 1, got 0.

      Fix: leave uniformShare out for its default]
    `);
    expect(run([1, 2], { uniformShare: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: updateSplineGrid expected uniformShare to be a finite number above 0 and at most 1, got 1.5.

      Fix: leave uniformShare out for its default]
    `);
    expect(run([1, 2], { margin: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: updateSplineGrid expected margin to be a finite number of at least 0, got -1.

      Fix: leave margin out for its default]
    `);
    expect(run([1, 2], { ridge: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: updateSplineGrid expected ridge to be a finite number above 0, got 0.

      Fix: leave ridge out for its default]
    `);
    expect(run([1, 2], { ridge: Number.POSITIVE_INFINITY })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: updateSplineGrid expected ridge to be a finite number above 0, got Infinity.

      Fix: leave ridge out for its default]
    `);
  });

  it('rejects curves of other sizes, and knots that do not rise', () => {
    const curves = randomCurves(1, 1);
    expect(() => updateSplineGrid({ ...curves, units: 2 }, [1])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: updateSplineGrid expected a grid [1, 12] and a splineKernel [1, 8, 2], got 12 and 8 values.

      Fix: pass both parameters of one splineKan layer with its gridSize, splineOrder and units]
    `);
    const grid = Array.from(curves.grid).with(4, -2);
    expect(() => updateSplineGrid({ ...curves, grid }, [1])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: updateSplineGrid expected the knots of feature 0 to be finite and to rise, got -2 after -1 at position 4.

      Fix: start from the grid that the layer was built with]
    `);
  });
});
