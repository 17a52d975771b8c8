import { constant, gradient, interpretNodes, sum } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';

export interface SecondMoments {
  /** E[f(g)²] */
  readonly value: number;
  /** E[f'(g)²] */
  readonly slope: number;
}

const points = 128;
/** Beyond, the density is below 1e-14. */
const reach = 8;

/**
 * Second moments of an activation and of its slope on g ~ N(0, variance): 1/2 and 1/2 for relu, 1 and 1 for linear.
 *
 * Midpoint rule on [-8, 8] standard deviations: within 1e-11 for smooth functions, 1e-3 at kinks. A function of a whole
 * axis (softmax) has no such moment; it, and whatever vanishes on that range, counts as 1, so that callers may
 * divide.
 * Chunked layers multiply by these values in their forward pass: another rule would change saved models.
 */
export function secondMoments(name: ActivationName, variance: number): SecondMoments {
  const step = (2 * reach) / points;
  const nodes = Array.from({ length: points }, (_, at) => -reach + (at + 0.5) * step);
  const weights = nodes.map((g) => (step * Math.exp(-(g * g) / 2)) / Math.sqrt(2 * Math.PI));
  const deviation = Math.sqrt(variance);
  const x = constant(
    nodes.map((g) => g * deviation),
    [points, 1],
  );
  const y = activation(name).apply(x);
  const [value, slope] = interpretNodes([y, ...gradient(sum(y), [x])]).map((f) =>
    weights.reduce((total, weight, at) => total + weight * f[at] ** 2, 0),
  );
  return { value: orOne(value), slope: orOne(slope) };
}

function orOne(moment: number): number {
  return moment > 0 && moment < Number.POSITIVE_INFINITY ? moment : 1;
}
