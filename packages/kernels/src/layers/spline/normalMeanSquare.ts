import { constant, interpretNodes } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';

/** Half-width and step of the sum below: beyond 9 deviations lies 1e-19 of the mass. */
const reach = 9;
const step = 1 / 16;

/** Where `normalMeanSquare` wants its values: evenly over ±9. */
export const normalPoints: readonly number[] = Array.from(
  { length: (2 * reach) / step + 1 },
  (_, at) => at * step - reach,
);

/** A law that divides by less would draw weights out of all proportion: the grid lies away from the data. */
const least = 1e-3;

/**
 * E[Σ_j f_j(z)²] for z ~ N(0, 1), at least 1e-3, from the values f_j at `normalPoints`: what one feature of unit variance
 * adds to the variance of an output, per variance of its weights.
 *
 * Numerics the trapezoid rule: exact to many digits for smooth f, to about 1e-3 for f with jumps
 */
export function normalMeanSquare(values: readonly ArrayLike<number>[]): number {
  const terms = values.map((row, at) => {
    const squares = Array.from(row).reduce((total, value) => total + value * value, 0);
    return Math.exp(-(normalPoints[at] ** 2) / 2) * squares;
  });
  return Math.max(least, (terms.reduce((total, term) => total + term) * step) / Math.sqrt(2 * Math.PI));
}

/** The same for an activation. */
export function activationMeanSquare(name: ActivationName): number {
  const points = constant(normalPoints, [normalPoints.length, 1]);
  const [values] = interpretNodes([activation(name).apply(points)]);
  return normalMeanSquare(Array.from(values, (value) => [value]));
}
