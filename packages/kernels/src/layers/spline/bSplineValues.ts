import type { SplineShape } from './bSplineBasis.js';

/**
 * All B-splines of one grid at one point, as plain numbers: what `bSplineBasis` computes, for fits.
 *
 * Shapes   knots [G + 2k + 1] → [G + k]
 */
export function bSplineValues(x: number, knots: ArrayLike<number>, shape: SplineShape): Float64Array {
  const { gridSize, splineOrder, outside } = shape;
  if (outside === 'zero') return recurrence(x, knots, shape).basis;
  const end = Math.min(Math.max(x, knots[splineOrder]), knots[gridSize + splineOrder]);
  const { basis, slope } = recurrence(end, knots, shape);
  return outside === 'linear' ? basis.map((value, at) => value + (x - end) * slope[at]) : basis;
}

function recurrence(
  x: number,
  knots: ArrayLike<number>,
  { gridSize, splineOrder }: SplineShape,
): { basis: Float64Array; slope: Float64Array } {
  const intervals = gridSize + 2 * splineOrder;
  const isPast = (at: number) => knots[at] < x || (knots[at] === x && at < gridSize + splineOrder);
  const basis = new Float64Array(intervals);
  for (let at = 0; at < intervals; at++) if (isPast(at) && !isPast(at + 1)) basis[at] = 1;
  const count = gridSize + splineOrder;
  const slope = new Float64Array(count);
  for (let order = 1; order <= splineOrder; order++) {
    const quotient = (at: number) => basis[at] / (knots[at + order] - knots[at] || 1);
    for (let at = 0; at < intervals - order; at++) {
      // Splines to the left of `at` hold order `order` already, those from `at` on the order before.
      const [left, right] = [quotient(at), quotient(at + 1)];
      if (order === splineOrder) slope[at] = order * (left - right);
      basis[at] = (x - knots[at]) * left + (knots[at + order + 1] - x) * right;
    }
  }
  return { basis: basis.slice(0, count), slope };
}
