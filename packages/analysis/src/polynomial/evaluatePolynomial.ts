import { ShapeError } from '@polyneuron/graph';
import type { Polynomial } from './polynomial.js';

/**
 * Value of a polynomial at a point, in float64.
 *
 * y = Σ_t c_t Π_i x_i^{e_ti}
 *
 * Throws   ShapeError unless there is one value per variable
 */
export function evaluatePolynomial({ variables, terms }: Polynomial, x: ArrayLike<number>): number {
  if (x.length !== variables.length) {
    throw new ShapeError({
      subject: 'evaluatePolynomial',
      expected: `${variables.length} values, one per variable`,
      received: String(x.length),
      fix: 'pass the values in the order of polynomial.variables',
    });
  }
  return terms.reduce(
    (sum, { coefficient, exponents }) =>
      sum +
      exponents.reduce(
        (product, exponent, at) => (exponent === 0 ? product : product * x[at] ** exponent),
        coefficient,
      ),
    0,
  );
}
