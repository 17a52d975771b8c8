import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import type { OutsideGrid } from './bSplineBasis.js';
import { extendSplineGrid } from './extendSplineGrid.js';
import { curvesAt, featureCurves, type SplineCurves } from './splineCurves.js';
import { updateSplineGrid } from './updateSplineGrid.js';

const policies: readonly OutsideGrid[] = ['zero', 'linear', 'clamp'];

function evenCurves(gridSize: number, splineOrder: number, outside: OutsideGrid = 'linear'): SplineCurves {
  const units = 2;
  const row = Array.from({ length: gridSize + 2 * splineOrder + 1 }, (_, at) => at - splineOrder);
  const grid = [...row, ...row.map((knot) => knot / 4)];
  const splineKernel = testRandom(3).normals(2 * (gridSize + splineOrder) * units);
  return { features: 2, units, gridSize, splineOrder, outside, grid, splineKernel };
}

/** Every curve at every point. */
const valuesOf = (curves: SplineCurves, points: readonly number[]): number[] =>
  featureCurves('test', curves).flatMap((one) => points.flatMap((x) => Array.from(curvesAt(one, x))));

describe('extendSplineGrid', () => {
  it('computes the hand-worked example: hats halved', () => {
    const curves: SplineCurves = {
      features: 1,
      units: 1,
      gridSize: 2,
      splineOrder: 1,
      outside: 'clamp',
      grid: [-1, 0, 1, 2, 3],
      splineKernel: [1, 5, 3],
    };
    const finer = extendSplineGrid(curves, 4);
    expect(Array.from(finer.grid)).toEqual([-1, 0, 0.5, 1, 1.5, 2, 3]);
    expect(Array.from(finer.splineKernel)).toEqual([1, 3, 5, 4, 3]);
    expect(finer.gridSize).toBe(4);
  });

  it.each([0, 1, 2, 3, 5])(
    'keeps the curves of order %d, inside, at the ends and outside of the grid',
    (splineOrder) => {
      const points = [...Array.from(testRandom(1).normals(40), (value) => 3 * value), 0, 3, 0.75, -20, 20];
      for (const outside of policies) {
        const curves = evenCurves(3, splineOrder, outside);
        for (const gridSize of [3, 4, 6, 7, 30]) {
          const finer = extendSplineGrid(curves, gridSize);
          expect(finer.grid.length).toBe(2 * (gridSize + 2 * splineOrder + 1));
          // Slopes at the ends carry the roundings 20 units further
          expectClose(valuesOf(finer, points), valuesOf(curves, points), tolerances.float64.gradient);
        }
      }
    },
  );

  it('parts the widest intervals of an uneven grid first', () => {
    const row = [0, 1, 2, 3, 11];
    const curves: SplineCurves = {
      features: 1,
      units: 1,
      gridSize: 4,
      splineOrder: 0,
      outside: 'clamp',
      grid: row,
      splineKernel: [1, 2, 3, 4],
    };
    expect(Array.from(extendSplineGrid(curves, 7).grid)).toEqual([0, 1, 2, 3, 5, 7, 9, 11]);
  });

  it('keeps the curves of a grid that was moved to data', () => {
    const curves = updateSplineGrid(evenCurves(5, 3), testRandom(2).normals(200));
    const finer = extendSplineGrid(curves, 12);
    const points = Array.from(testRandom(4).normals(40));
    expectClose(valuesOf(finer, points), valuesOf(curves, points), tolerances.float64.gradient);
  });

  it('defect: pykan refines a grid that ends one knot too far: the ends stay', () => {
    const finer = extendSplineGrid(evenCurves(5, 3), 10);
    expect([finer.grid[3], finer.grid[13]]).toEqual([0, 5]);
  });

  it('rejects a coarser grid', () => {
    expect(() => extendSplineGrid(evenCurves(5, 3), 4)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: extendSplineGrid expected gridSize to be a whole number of at least 5, that of the curves, got 4.

      Fix: a coarser grid cannot hold the same curves: build another layer for it]
    `);
    expect(() => extendSplineGrid(evenCurves(5, 3), 7.5)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: extendSplineGrid expected gridSize to be a whole number of at least 5, that of the curves, got 7.5.

      Fix: a coarser grid cannot hold the same curves: build another layer for it]
    `);
  });
});
