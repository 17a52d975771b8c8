import { constant, interpretNodes, type Node, sizeOf } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { bSplineBasis, type OutsideGrid, type SplineShape } from './bSplineBasis.js';
import { bSplineValues } from './bSplineValues.js';

interface DesignMatrix {
  readonly splineOrder: number;
  readonly gridSize: number;
  readonly knots: readonly number[];
  readonly x: readonly number[];
  readonly matrix: readonly number[];
}

const policies: readonly OutsideGrid[] = ['zero', 'linear', 'clamp'];
const { elementwise, transcendental } = tolerances.float64;

/** All splines at every point, one row per point. */
function basisAt(x: readonly number[], knots: readonly number[], shape: SplineShape): Float64Array {
  const points: Node = constant(x, [x.length, 1]);
  return interpretNodes([bSplineBasis(points, constant(knots, [1, knots.length]), shape)])[0];
}

const evenKnots = (gridSize: number, splineOrder: number) =>
  Array.from({ length: gridSize + 2 * splineOrder + 1 }, (_, at) => at - splineOrder);

describe('bSplineBasis', () => {
  it.each([
    // Hats at the grid points 0, 1, 2
    [1, 0.25, [0.75, 0.25, 0]],
    // Even spacing: 1/8, 3/4, 1/8 in the middle of an interval; 1/6, 2/3, 1/6 at a grid point of cubics
    [2, 0.5, [1 / 8, 3 / 4, 1 / 8, 0]],
    [3, 1, [0, 1 / 6, 2 / 3, 1 / 6, 0]],
    [0, 0.5, [1, 0]],
  ])('computes the hand-worked splines of order %d at %d', (splineOrder, x, expected) => {
    const shape: SplineShape = { gridSize: 2, splineOrder, outside: 'zero' };
    expectClose(basisAt([x], evenKnots(2, splineOrder), shape), expected, elementwise);
  });

  it.each(
    vectors<DesignMatrix>('layers/bSplines').map(
      (golden) => [golden.splineOrder, golden.gridSize, golden] as const,
    ),
  )(
    'matches scipy BSpline.design_matrix of order %d on %d intervals, ends included',
    (_order, _size, golden) => {
      for (const outside of policies) {
        const shape = { ...golden, outside };
        expectClose(basisAt(golden.x, golden.knots, shape), golden.matrix, transcendental);
        const plain = golden.x.flatMap((x) => Array.from(bSplineValues(x, golden.knots, shape)));
        expectClose(plain, golden.matrix, transcendental);
      }
    },
  );

  it.each([0, 1, 2, 3, 5])('adds up to 1 on the grid, both ends included, for order %d', (splineOrder) => {
    const knots = Array.from(testRandom(splineOrder + 1).normals(4 + 2 * splineOrder + 1)).sort(
      (a, b) => a - b,
    );
    const [from, to] = [knots[splineOrder], knots[splineOrder + 4]];
    const x = [from, to, ...knots.slice(splineOrder, splineOrder + 5), from + 0.3 * (to - from)];
    const rows = basisAt(x, knots, { gridSize: 4, splineOrder, outside: 'zero' });
    for (const [at] of x.entries()) {
      const row = rows.slice(at * (4 + splineOrder), (at + 1) * (4 + splineOrder));
      expectClose(
        row.reduce((total, value) => total + value),
        1,
        transcendental,
      );
      expect(row.every((value) => value >= 0)).toBe(true);
      expect(row.filter((value) => value > 0).length).toBeLessThanOrEqual(splineOrder + 1);
    }
  });

  it.each([1, 2, 3])("continues order %d by its end and its slope there with 'linear'", (splineOrder) => {
    const shape: SplineShape = { gridSize: 3, splineOrder, outside: 'linear' };
    const knots = evenKnots(3, splineOrder).map((knot) => knot + 0.1 * Math.sin(knot));
    for (const [end, sign] of [
      [knots[splineOrder], -1],
      [knots[splineOrder + 3], 1],
    ]) {
      // Beyond the end the splines are on the line through two points there, and just inside they are close to it.
      const at = (distance: number) => Array.from(bSplineValues(end + sign * distance, knots, shape));
      const [atEnd, near, far, inside] = [at(0), at(1), at(20), at(-1e-6)];
      near.forEach((value, row) => {
        expectClose(far[row], atEnd[row] + 20 * (value - atEnd[row]), transcendental);
        // Second-order: 1e-12 times the curvature
        expectClose(inside[row], atEnd[row] - 1e-6 * (value - atEnd[row]), { rtol: 0, atol: 1e-10 });
      });
    }
  });

  it("keeps the value of the end with 'clamp', and runs out to 0 with 'zero'", () => {
    const knots = evenKnots(3, 3);
    const shape = { gridSize: 3, splineOrder: 3 };
    const clamped = (x: number) => basisAt([x], knots, { ...shape, outside: 'clamp' });
    expect(clamped(20)).toEqual(clamped(3));
    expect(clamped(-20)).toEqual(clamped(0));
    const zero = (x: number) => basisAt([x], knots, { ...shape, outside: 'zero' });
    expect(zero(20)).toEqual(new Float64Array(6));
    expect(zero(-3)).toEqual(new Float64Array(6));
    expect(zero(4.5).some((value) => value > 0)).toBe(true);
  });

  it('equals the plain numbers of bSplineValues, inside and outside of the grid', () => {
    const random = testRandom(9);
    for (const outside of policies) {
      for (const splineOrder of [0, 1, 2, 3, 4]) {
        const shape: SplineShape = { gridSize: 5, splineOrder, outside };
        const knots = evenKnots(5, splineOrder).map((knot) => knot / 2 - 1 + 0.1 * Math.cos(3 * knot));
        const x = [...Array.from(random.normals(20)), ...knots, -20, 20];
        const plain = x.flatMap((value) => Array.from(bSplineValues(value, knots, shape)));
        expectClose(basisAt(x, knots, shape), plain, transcendental);
      }
    }
  });

  it('takes a grid per feature, and any axes before', () => {
    const shape: SplineShape = { gridSize: 2, splineOrder: 1, outside: 'linear' };
    const grids = [evenKnots(2, 1), evenKnots(2, 1).map((knot) => 10 * knot)];
    const x = constant([0.5, 5, 1, 15], [2, 1, 2]);
    const [rows] = interpretNodes([bSplineBasis(x, constant(grids.flat(), [2, 5]), shape)]);
    expect(rows.length).toBe(sizeOf([2, 1, 2, 3]));
    expectClose(rows, [0.5, 0.5, 0, 0.5, 0.5, 0, 0, 1, 0, 0, 0.5, 0.5], elementwise);
  });

  it('has finite values where knots coincide', () => {
    // Clamped ends: k + 1 knots in one place, as in computer graphics
    const knots = [0, 0, 0, 0, 1, 2, 2, 2, 2];
    const shape: SplineShape = { gridSize: 2, splineOrder: 3, outside: 'zero' };
    expectClose(
      basisAt([0, 0.5, 2], knots, shape),
      [...[1, 0, 0, 0, 0], ...[0.125, 0.59375, 0.25, 0.03125, 0], ...[0, 0, 0, 0, 1]],
      elementwise,
    );
  });
});
