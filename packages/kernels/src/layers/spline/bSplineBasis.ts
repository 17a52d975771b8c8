import {
  add,
  constant,
  div,
  equal,
  less,
  max,
  min,
  mul,
  type Node,
  reshape,
  select,
  sliceAxis,
  sub,
} from '@polyneuron/graph';

/** What a spline does left of the first and right of the last grid point; see `bSplineBasis`. */
export type OutsideGrid = 'zero' | 'linear' | 'clamp';

export interface SplineShape {
  /** G: intervals between the two ends of the grid. */
  readonly gridSize: number;
  /** k: degree of the pieces; 3 is cubic. */
  readonly splineOrder: number;
  readonly outside: OutsideGrid;
}

/**
 * All B-splines of a grid at every element, by the recurrence of Cox and de Boor.
 *
 * B_i,0(x) = 1 where t_i <= x < t_(i+1), else 0
 * B_i,p(x) = (x - t_i) Q_i + (t_(i+p+1) - x) Q_(i+1),   Q_i = B_i,p-1(x) / (t_(i+p) - t_i)
 *
 * The knots t_0 .. t_(G+2k) rise; the grid is [a, b] = [t_k, t_(G+k)], where the G + k splines add up to 1, and its last
 * interval contains b. Outside of it
 * 'zero'     the splines run out over the k knots beyond each end, and are 0 from there on
 * 'clamp'    B(x) = B(c) with c = the end nearest to x
 * 'linear'   B(x) = B(c) + (x - c) B'(c),   B'_i,k = k (Q_i - Q_(i+1))
 *
 * Shapes   x [..., n], knots [n, G + 2k + 1] → [..., n, G + k]
 * Numerics a span t_(i+p) - t_i of 0 divides a spline that is 0 too, so any divisor will do
 * Source   Cox 1972, de Boor 1972; de Boor 2001, A Practical Guide to Splines, chapters IX and X
 */
export function bSplineBasis(x: Node, knots: Node, shape: SplineShape): Node {
  const { gridSize, splineOrder, outside } = shape;
  const knot = (from: number, count: number) => sliceAxis(knots, 1, from, count);
  const at = reshape(x, [...x.shape, 1]);
  if (outside === 'zero') return recurrence(at, knot, shape).basis;
  const end = min(max(at, knot(splineOrder, 1)), knot(gridSize + splineOrder, 1));
  const { basis, slope } = recurrence(end, knot, shape);
  return outside === 'linear' && slope ? add(basis, mul(sub(at, end), slope)) : basis;
}

/** Splines of order k at x [..., n, 1], and their derivatives where k > 0. */
function recurrence(
  x: Node,
  knot: (from: number, count: number) => Node,
  { gridSize, splineOrder }: SplineShape,
): { basis: Node; slope?: Node } {
  const intervals = gridSize + 2 * splineOrder;
  let basis = intervalOf(x, knot(0, intervals + 1), gridSize + splineOrder);
  let slope: Node | undefined;
  for (let order = 1; order <= splineOrder; order++) {
    const count = intervals - order;
    const part = (whole: Node, from: number) => sliceAxis(whole, -1, from, count);
    const span = sub(knot(order, count + 1), knot(0, count + 1));
    const quotient = mul(basis, div(1, select(equal(span, 0), 1, span)));
    const [left, right] = [part(quotient, 0), part(quotient, 1)];
    basis = add(mul(sub(x, knot(0, count)), left), mul(sub(knot(order + 1, count), x), right));
    if (order === splineOrder) slope = mul(sub(left, right), order);
  }
  return { basis, ...(slope && { slope }) };
}

/**
 * B_i,0: one difference of steps per interval. The step of a knot is 1 from the knot on; from knot `end`, where the grid
 * ends, it is 1 only beyond the knot, which gives the end to the interval on its left.
 */
function intervalOf(x: Node, knots: Node, end: number): Node {
  const count = knots.shape[1] - 1;
  const isAtKnot = constant(
    Array.from({ length: count + 1 }, (_, at) => (at < end ? 1 : 0)),
    [count + 1],
  );
  const step = select(less(knots, x), 1, select(equal(knots, x), isAtKnot, 0));
  return sub(sliceAxis(step, -1, 0, count), sliceAxis(step, -1, 1, count));
}
