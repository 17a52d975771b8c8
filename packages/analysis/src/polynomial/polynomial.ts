/** c · Π_i x_i^exponents[i] */
export interface PolynomialTerm {
  readonly coefficient: number;
  /** One per variable. */
  readonly exponents: readonly number[];
}

/**
 * A polynomial in several variables as plain data: it survives JSON.
 *
 * Terms have distinct exponents and coefficients other than 0, highest degree first, within a degree by the exponents
 * of the first variables: x0², x0 x1, x1², x0, 1.
 */
export interface Polynomial {
  readonly variables: readonly string[];
  readonly terms: readonly PolynomialTerm[];
}

/** Largest sum of exponents; 0 for a constant, the zero polynomial included. */
export function polynomialDegree({ terms }: Polynomial): number {
  return terms.reduce((degree, { exponents }) => Math.max(degree, totalOf(exponents)), 0);
}

/**
 * The coefficient of one term, 0 where there is none.
 *
 * @example
 * coefficientOf(polynomial, { x0: 1, x2: 1 }) // of x0 x2
 */
export function coefficientOf(
  { variables, terms }: Polynomial,
  powers: Readonly<Record<string, number>>,
): number {
  const wanted = variables.map((name) => powers[name] ?? 0);
  const found = terms.find(({ exponents }) => exponents.every((exponent, at) => exponent === wanted[at]));
  return found?.coefficient ?? 0;
}

/** The order of terms in a polynomial. */
export function compareTerms(a: PolynomialTerm, b: PolynomialTerm): number {
  const byDegree = totalOf(b.exponents) - totalOf(a.exponents);
  if (byDegree !== 0) return byDegree;
  const at = a.exponents.findIndex((exponent, index) => exponent !== b.exponents[index]);
  return at < 0 ? 0 : b.exponents[at] - a.exponents[at];
}

function totalOf(exponents: readonly number[]): number {
  return exponents.reduce((sum, exponent) => sum + exponent, 0);
}
