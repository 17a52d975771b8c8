import { bSplineValues } from './bSplineValues.js';
import { solveCholesky } from './solveCholesky.js';
import { curvesAt, type FeatureCurves } from './splineCurves.js';

/** Share of the coefficients' own ridge in the mean diagonal: above the roundings of a Cholesky factorization, below those of float32. */
const jitter = 1e-12;

/**
 * Coefficients on other knots of curves that stay as they were where the data are.
 *
 * minimise over C   mean_data |s(x) - s_old(x)|² + ridge · mean_grid |s(x) - s_old(x)|² + tiny |C - C_0|²
 *
 * The second mean runs over k + 1 points in every new interval, which alone determine every coefficient: no data are
 * too few or too much alike. Curves that the new knots can draw come back exactly. C_0 are the old curves at the averages
 * of the knots (Schoenberg's approximation).
 *
 * Shapes   knots [G + 2k + 1], samples any number → [G + k, units]
 */
export function refitCurves(
  old: FeatureCurves,
  knots: Float64Array,
  samples: Float64Array,
  ridge: number,
): Float64Array {
  const { units, gridSize, splineOrder } = old;
  const size = gridSize + splineOrder;
  const matrix = new Float64Array(size * size);
  const rightSides = new Float64Array(size * units);
  const start = knotAverages(knots, splineOrder, size).flatMap((x) => Array.from(curvesAt(old, x)));
  const add = (x: number, weight: number) => {
    const splines = bSplineValues(x, knots, old);
    const rest = curvesAt(old, x);
    for (const [row, spline] of splines.entries())
      for (let unit = 0; unit < units; unit++) rest[unit] -= spline * start[row * units + unit];
    for (const [row, spline] of splines.entries()) {
      if (spline === 0) continue;
      for (let column = 0; column < size; column++)
        matrix[row * size + column] += weight * spline * splines[column];
      for (let unit = 0; unit < units; unit++) rightSides[row * units + unit] += weight * spline * rest[unit];
    }
  };
  for (const x of samples) add(x, 1 / samples.length);
  const points = intervalPoints(knots, gridSize, splineOrder);
  for (const x of points) add(x, ridge / points.length);
  let trace = 0;
  for (let row = 0; row < size; row++) trace += matrix[row * size + row];
  for (let row = 0; row < size; row++) matrix[row * size + row] += (jitter * trace) / size;
  return solveCholesky(matrix, rightSides, size, units).map((change, at) => start[at] + change);
}

/** (t_(j+1) + ... + t_(j+k)) / k for every spline; the middle of its interval for k = 0. */
function knotAverages(knots: Float64Array, splineOrder: number, size: number): number[] {
  return Array.from({ length: size }, (_, at) => {
    const inner = splineOrder === 0 ? knots.slice(at, at + 2) : knots.slice(at + 1, at + 1 + splineOrder);
    return inner.reduce((total, knot) => total + knot, 0) / inner.length;
  });
}

/** k + 1 points inside every interval of the grid. */
function intervalPoints(knots: Float64Array, gridSize: number, splineOrder: number): number[] {
  const count = splineOrder + 1;
  return Array.from({ length: gridSize * count }, (_, at) => {
    const left = splineOrder + Math.floor(at / count);
    return knots[left] + ((knots[left + 1] - knots[left]) * ((at % count) + 0.5)) / count;
  });
}
