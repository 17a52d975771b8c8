/** @file Polynomials as the report writes them: x₀² + x₀·x₁ − 0.5000. */
import type { PolynomialTerm } from '@polyneuron/analysis';
import { formatMeasure } from './numbers.js';

/** x₀²·x₁; '1' for the constant. */
export function writeMonomial(variables: readonly string[], exponents: readonly number[]): string {
  const factors = variables.flatMap((name, at) => {
    const exponent = exponents[at] ?? 0;
    if (exponent === 0) return [];
    return [`${writeVariable(name)}${exponent === 1 ? '' : digits(exponent, '⁰¹²³⁴⁵⁶⁷⁸⁹')}`];
  });
  return factors.length === 0 ? '1' : factors.join('·');
}

/** Terms in the order given; a coefficient that reads 1.000 is left out. '0' for no term. */
export function writePolynomial(variables: readonly string[], terms: readonly PolynomialTerm[]): string {
  if (terms.length === 0) return '0';
  return terms
    .map(({ coefficient, exponents }, at) => {
      const sign = coefficient < 0 ? '−' : '+';
      const size = formatMeasure(Math.abs(coefficient));
      const monomial = writeMonomial(variables, exponents);
      const text =
        monomial === '1'
          ? trimmed(size)
          : Number(size) === 1
            ? monomial
            : `${trimmed(size)}\u202f${monomial}`;
      return at === 0 ? `${sign === '−' ? '−' : ''}${text}` : ` ${sign} ${text}`;
    })
    .join('');
}

/** A letter with a number has it as subscript: x₁₂. Other names stay. */
export function writeVariable(name: string): string {
  const [, letter, number] = /^(\p{L})(\d+)$/u.exec(name) ?? [];
  return letter === undefined ? name : `${letter}${digits(number!, '₀₁₂₃₄₅₆₇₈₉')}`;
}

/** 2.000 to 2: within a sum nothing is aligned. */
function trimmed(size: string): string {
  return /^\d+\.0+$/.test(size) ? size.slice(0, size.indexOf('.')) : size;
}

function digits(number: number | string, alphabet: string): string {
  return String(number).replace(/\d/g, (digit) => alphabet[Number(digit)]!);
}
