import { ShapeError, ValueError } from '@polyneuron/graph';
import type { SplineShape } from './bSplineBasis.js';
import { bSplineValues } from './bSplineValues.js';

/** The splines of a `splineKan` layer as plain numbers: n·units curves over n grids. */
export interface SplineCurves extends SplineShape {
  /** n */
  readonly features: number;
  readonly units: number;
  /** [n, G + 2k + 1] row-major; every row rises. */
  readonly grid: ArrayLike<number>;
  /** [n, G + k, units] row-major. */
  readonly splineKernel: ArrayLike<number>;
}

/** The curves of one feature: its knots, and one row of units per spline. */
export interface FeatureCurves extends SplineShape {
  readonly units: number;
  readonly knots: ArrayLike<number>;
  /** [G + k, units] */
  readonly coefficients: ArrayLike<number>;
}

/** Curves of each feature. Throws ShapeError on sizes that do not agree, ValueError on knots that do not rise. */
export function featureCurves(subject: string, curves: SplineCurves): FeatureCurves[] {
  const { features, units, gridSize, splineOrder, outside } = curves;
  const [grid, kernel] = [Float64Array.from(curves.grid), Float64Array.from(curves.splineKernel)];
  const knotCount = gridSize + 2 * splineOrder + 1;
  const size = (gridSize + splineOrder) * units;
  if (grid.length !== features * knotCount || kernel.length !== features * size) {
    throw new ShapeError({
      subject,
      expected: `a grid [${features}, ${knotCount}] and a splineKernel [${features}, ${gridSize + splineOrder}, ${units}]`,
      received: `${grid.length} and ${kernel.length} values`,
      fix: 'pass both parameters of one splineKan layer with its gridSize, splineOrder and units',
    });
  }
  return Array.from({ length: features }, (_, feature) => {
    const knots = grid.slice(feature * knotCount, (feature + 1) * knotCount);
    requireRising(subject, feature, knots);
    const coefficients = kernel.slice(feature * size, (feature + 1) * size);
    return { gridSize, splineOrder, outside, units, knots, coefficients };
  });
}

/** The value of every unit's curve at one point. */
export function curvesAt(curves: FeatureCurves, x: number): Float64Array {
  const { units, knots, coefficients } = curves;
  const values = new Float64Array(units);
  bSplineValues(x, knots, curves).forEach((spline, row) => {
    if (spline === 0) return;
    for (let unit = 0; unit < units; unit++) values[unit] += spline * coefficients[row * units + unit];
  });
  return values;
}

function requireRising(subject: string, feature: number, knots: Float64Array): void {
  const at = knots.findIndex(
    (knot, index) => !(index === 0 ? Number.isFinite(knot) : knot > knots[index - 1]),
  );
  if (at < 0) return;
  throw new ValueError({
    subject,
    expected: `the knots of feature ${feature} to be finite and to rise`,
    received: `${knots[at]}${at > 0 ? ` after ${knots[at - 1]}` : ''} at position ${at}`,
    fix: 'start from the grid that the layer was built with',
  });
}
