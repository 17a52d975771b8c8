import { ValueError } from '@polyneuron/graph';
import { type FeatureCurves, featureCurves, type SplineCurves } from './splineCurves.js';

/**
 * The same curves on a finer grid.
 *
 * Every knot stays, and new ones part the widest intervals evenly: twice the gridSize halves the intervals of an even
 * grid. Inserting a knot u with t_l <= u < t_(l+1) changes the coefficients, not the curve:
 * c'_j = α_j c_j + (1 - α_j) c_(j-1),   α_j = 1 for j <= l - k, 0 for j > l, else (u - t_j) / (t_(j+k) - t_j)
 *
 * Shapes   curves with G intervals → with gridSize intervals: grid [n, gridSize + 2k + 1],
 *          splineKernel [n, gridSize + k, units]
 * Numerics means of neighbours only: equal to roundings, on the whole real line and for every `outside`
 * Throws   ValueError on a gridSize below that of the curves, or knots that do not rise; ShapeError on sizes that do not
 *          agree
 * Source   Boehm 1980, Inserting new knots into B-spline curves; grid extension: Liu et al. 2024, KAN
 */
export function extendSplineGrid(
  curves: SplineCurves,
  gridSize: number,
): SplineCurves & { readonly grid: Float64Array; readonly splineKernel: Float64Array } {
  if (!Number.isInteger(gridSize) || gridSize < curves.gridSize) {
    throw new ValueError({
      subject: 'extendSplineGrid',
      expected: `gridSize to be a whole number of at least ${curves.gridSize}, that of the curves`,
      received: String(gridSize),
      fix: 'a coarser grid cannot hold the same curves: build another layer for it',
    });
  }
  const after = featureCurves('extendSplineGrid', curves).map((feature) =>
    newKnots(feature, gridSize).reduce(insertKnot, feature),
  );
  return {
    ...curves,
    gridSize,
    grid: Float64Array.from(after.flatMap(({ knots }) => Array.from(knots))),
    splineKernel: Float64Array.from(after.flatMap(({ coefficients }) => Array.from(coefficients))),
  };
}

/** Parts the interval whose parts are the widest once more, until there are enough. As float32 holds them. */
function newKnots({ knots, gridSize, splineOrder }: FeatureCurves, wanted: number): number[] {
  const width = (at: number) => knots[splineOrder + at + 1] - knots[splineOrder + at];
  const parts = new Array<number>(gridSize).fill(1);
  for (let count = gridSize; count < wanted; count++) {
    const widths = parts.map((part, at) => width(at) / part);
    parts[widths.indexOf(Math.max(...widths))]++;
  }
  return parts.flatMap((count, at) =>
    Array.from({ length: count - 1 }, (_, part) =>
      Math.fround(knots[splineOrder + at] + (width(at) * (part + 1)) / count),
    ),
  );
}

function insertKnot(curves: FeatureCurves, knot: number): FeatureCurves {
  const { knots, coefficients, units, gridSize, splineOrder } = curves;
  const list = Array.from(knots);
  const left = list.findLastIndex((other) => other <= knot);
  const share = (row: number) => {
    if (row <= left - splineOrder) return 1;
    if (row > left) return 0;
    return (knot - knots[row]) / (knots[row + splineOrder] - knots[row]);
  };
  const row = (at: number, unit: number) => coefficients[at * units + unit];
  const next = Array.from({ length: gridSize + splineOrder + 1 }, (_, at) => {
    const own = share(at);
    return Array.from(
      { length: units },
      // A share of 0 or 1 must not touch the row that is not there.
      (_, unit) => (own > 0 ? own * row(at, unit) : 0) + (own < 1 ? (1 - own) * row(at - 1, unit) : 0),
    );
  });
  return {
    ...curves,
    gridSize: gridSize + 1,
    knots: [...list.slice(0, left + 1), knot, ...list.slice(left + 1)],
    coefficients: next.flat(),
  };
}
