/** @file Normalisation over some axes, as arithmetic on nodes: what the normalising layers share. */
import { type Axes, add, div, mean, type Node, sqrt, square, sub } from '@polyneuron/graph';

/**
 * (x - mean) / √(variance + epsilon) over `axes`.
 *
 * The variance is the mean square of what is left after the mean is taken off: the difference of E[x²] and E[x]² loses
 * every digit in float32 once the mean is some thousand standard deviations. With epsilon > 0 values and derivatives
 * are finite where all elements are equal, and 0 there.
 */
export function standardize(x: Node, axes: Axes, epsilon: number): Node {
  const centred = sub(x, mean(x, axes, { keepDims: true }));
  return normalizeSquare(centred, axes, epsilon);
}

/** x / √(mean of x² over `axes` + epsilon): finite with all its derivatives at x = 0, where its slope is 1/√epsilon. */
export function normalizeSquare(x: Node, axes: Axes, epsilon: number): Node {
  return div(x, sqrt(add(mean(square(x), axes, { keepDims: true }), epsilon)));
}
