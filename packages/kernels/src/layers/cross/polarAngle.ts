import { add, div, less, mul, type Node, neg, select, sqrt, square, sub } from '@polyneuron/graph';

/** atan t = t (1 - t²/3 + t⁴/5 - ...): the coefficients after the first, the last one first. */
const arctangentSeries = [-1 / 15, 1 / 13, -1 / 11, 1 / 9, -1 / 7, 1 / 5, -1 / 3];

/**
 * The angle of the complex number re + i·im, from -π to π: atan2(im, re), from ops whose derivatives are programs.
 *
 * tan(θ/2) = im / (|z| + |re|) lies in [-1, 1] and turns no difference of near equals into a quotient; for re < 0 it is
 * that of π - θ. Three more halvings t → t / (1 + √(1 + t²)) bring it to at most tan(π/32) = 0.0985, where eight terms of
 * the series leave a relative error below 1e-17, and below 1e-14 in the second derivative.
 *
 * Shapes   re, im of one shape → θ of that shape
 * Numerics im = 0 with re < 0 gives π, and so does im = -0, which atan2 sends to -π; the value jumps there. Neither part
 *          may be 0 together with the other: the caller guards the origin, where θ has no derivative. |z|² must not
 *          overflow: |z| < 1e19 in float32.
 */
export function polarAngle(re: Node, im: Node): Node {
  const isLeft = less(re, 0);
  const size = sqrt(add(square(re), square(im)));
  const half = div(im, add(size, select(isLeft, neg(re), re)));
  const right = mul(arctangent(half), 2);
  return select(isLeft, sub(select(less(im, 0), -Math.PI, Math.PI), right), right);
}

/** atan t for |t| <= 1. */
function arctangent(t: Node): Node {
  const eighth = halved(halved(halved(t)));
  const z = square(eighth);
  const [highest, ...lower] = arctangentSeries;
  let series = mul(z, highest);
  for (const coefficient of lower) series = mul(z, add(series, coefficient));
  return mul(mul(eighth, 8), add(series, 1));
}

/** tan(θ/2) from t = tan θ. */
function halved(t: Node): Node {
  return div(t, add(sqrt(add(square(t), 1)), 1));
}
