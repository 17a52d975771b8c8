import { ShapeError, ValueError } from '@polyneuron/graph';
import type { Polynomial, PolynomialTerm } from './polynomial.js';

export interface PrintPolynomialOptions {
  /** Names in place of the polynomial's own, one per variable. */
  readonly variables?: readonly string[];
  /** Terms with |coefficient| up to this are left out. default 0 */
  readonly tolerance?: number;
  /** Significant digits of coefficients, 1 to 17. default 6 */
  readonly digits?: number;
}

/**
 * A polynomial as text, highest degree first: 'x0^2 + x0 x1 - 0.5 x2 + 3'; '0' where no term is left.
 *
 * A coefficient that rounds to 1 or -1 is left out, so `digits` decides how close counts as equal.
 *
 * Throws   ShapeError unless there is one name per variable; ValueError on tolerance or digits out of range
 *
 * @example
 * printPolynomial(polynomial, { tolerance: 1e-3, digits: 3 }) // => 'x0^2 + x0 x1 + x1 x2 + x2^2'
 */
export function printPolynomial(polynomial: Polynomial, options: PrintPolynomialOptions = {}): string {
  const { variables = polynomial.variables, tolerance = 0, digits = 6 } = options;
  if (variables.length !== polynomial.variables.length) {
    throw new ShapeError({
      subject: 'printPolynomial',
      expected: `${polynomial.variables.length} names, one per variable`,
      received: String(variables.length),
      fix: 'leave variables out, or name every one',
    });
  }
  requireRange(
    'tolerance',
    tolerance,
    tolerance >= 0 && Number.isFinite(tolerance),
    'a finite number of at least 0',
  );
  requireRange(
    'digits',
    digits,
    Number.isInteger(digits) && digits >= 1 && digits <= 17,
    'a whole number from 1 to 17',
  );
  const parts = polynomial.terms
    .filter(({ coefficient }) => !(Math.abs(coefficient) <= tolerance))
    .map((term) => printTerm(term, variables, digits));
  return parts.reduce(
    (text, { isNegative, text: part }, at) =>
      at === 0 ? `${isNegative ? '-' : ''}${part}` : `${text} ${isNegative ? '-' : '+'} ${part}`,
    parts.length === 0 ? '0' : '',
  );
}

function printTerm(
  { coefficient, exponents }: PolynomialTerm,
  variables: readonly string[],
  digits: number,
): { isNegative: boolean; text: string } {
  const monomial = exponents
    .flatMap((exponent, at) =>
      exponent === 0 ? [] : [exponent === 1 ? variables[at] : `${variables[at]}^${exponent}`],
    )
    .join(' ');
  const size = String(Number(Math.abs(coefficient).toPrecision(digits)));
  const text = [size === '1' && monomial !== '' ? [] : [size], monomial === '' ? [] : [monomial]]
    .flat()
    .join(' ');
  return { isNegative: coefficient < 0, text };
}

function requireRange(option: string, value: number, isRight: boolean, expected: string): void {
  if (isRight) return;
  throw new ValueError({
    subject: 'printPolynomial',
    expected: `${option} to be ${expected}`,
    received: String(value),
    fix: 'leave it out for the default',
  });
}
