/**
 * @file Activations built on e^x, in forms that neither overflow nor lose their derivatives at 0.
 *
 * Where a formula holds |x| or max(x, 0) it is written with `select` on 0 < x instead: both sides are the smooth
 * function itself, so derivatives of any order are right at x = 0 too, where those of |x| would be taken as 0.
 */
import { add, exp, expm1, less, log1p, min, mul, type Node, neg, select, tanh } from '@polyneuron/graph';

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|) */
export function softplus(x: Node): Node {
  const isPositive = less(0, x);
  const negative = select(isPositive, neg(x), x);
  return add(select(isPositive, x, 0), log1p(exp(negative)));
}

/** log σ(x) = -softplus(-x) */
export function logSigmoid(x: Node): Node {
  return neg(softplus(neg(x)));
}

/** x where x > 0, a (e^x - 1) elsewhere; e^x is taken of min(x, 0), so that the unused side stays finite. */
export function elu(x: Node, a = 1): Node {
  return select(less(0, x), x, mul(expm1(min(x, 0)), a));
}

const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

/** s x where x > 0, s a (e^x - 1) elsewhere, with the fixed point of mean 0 and variance 1. */
export function selu(x: Node): Node {
  return mul(elu(x, seluAlpha), seluScale);
}

/** x tanh(softplus(x)) */
export function mish(x: Node): Node {
  return mul(x, tanh(softplus(x)));
}
