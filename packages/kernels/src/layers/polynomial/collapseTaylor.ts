import { ShapeError } from '@polyneuron/graph';

/**
 * The coefficients of the collapsed Taylor layer that equals a cumulative one.
 *
 * c_ip = a_ip Σ_{q>=p} w_iq
 *
 * Shapes   coefficients, weights [n, K + 1] row-major → [n, K + 1]; `count` is K + 1
 * Throws   ShapeError when the lengths differ or are no multiple of count
 *
 * @example
 * collapseTaylor([1, 2, 3], [10, 20, 30], 3) // => [60, 100, 90]
 */
export function collapseTaylor(
  coefficients: ArrayLike<number>,
  weights: ArrayLike<number>,
  count: number,
): Float64Array {
  if (coefficients.length !== weights.length || !(count >= 1) || coefficients.length % count !== 0) {
    throw new ShapeError({
      subject: 'collapseTaylor',
      expected: `coefficients and weights [n, ${count}] of one size`,
      received: `${coefficients.length} and ${weights.length} values`,
      fix: 'pass both parameters of one taylor layer, and its degree + 1',
    });
  }
  const collapsed = new Float64Array(coefficients.length);
  for (let row = 0; row < coefficients.length; row += count) {
    let tail = 0;
    for (let power = count - 1; power >= 0; power--) {
      tail += weights[row + power];
      collapsed[row + power] = coefficients[row + power] * tail;
    }
  }
  return collapsed;
}
