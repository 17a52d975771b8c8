import type { Formula } from '../protocol/messages.js';

export interface ShownTerm {
  readonly coefficient: number;
  readonly exponents: readonly number[];
  readonly degree: number;
  /** Below 2 % of the largest coefficient: shown in grey. */
  readonly isSmall: boolean;
}

const smallShare = 0.02;

/** Terms by degree upwards, then by the powers of the first inputs downwards; those that are exactly 0 left out. */
export function sortTerms(terms: Formula['terms']): readonly ShownTerm[] {
  const largest = Math.max(0, ...terms.map(({ coefficient }) => Math.abs(coefficient)));
  return terms
    .filter(({ coefficient }) => coefficient !== 0)
    .map(({ coefficient, exponents }) => ({
      coefficient,
      exponents,
      degree: exponents.reduce((sum, exponent) => sum + exponent, 0),
      isSmall: Math.abs(coefficient) < smallShare * largest,
    }))
    .sort((one, other) => one.degree - other.degree || compareExponents(one.exponents, other.exponents));
}

function compareExponents(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((exponent, index) => exponent !== other[index]);
  return at < 0 ? 0 : other[at] - one[at];
}

/** Three digits, without an exponent where it stays short. */
export function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return Number(value.toPrecision(3)).toExponential();
  return Number(value.toPrecision(3)).toString();
}

/**
 * A formula as LaTeX, three digits.
 *
 * @example
 * printLatex([{ coefficient: -14.62, exponents: [2, 0] }], ['x1', 'x2']) // => '-14.6 x_{1}^{2}'
 */
export function printLatex(terms: Formula['terms'], names: readonly string[]): string {
  const parts = sortTerms(terms).map(({ coefficient, exponents }, at) => {
    const powers = exponents.flatMap((exponent, input) =>
      exponent === 0 ? [] : [`${latexName(names[input])}${exponent === 1 ? '' : `^{${exponent}}`}`],
    );
    const sign = coefficient < 0 ? '-' : at === 0 ? '' : '+';
    return `${sign}${at === 0 ? '' : ' '}${[latexNumber(Math.abs(coefficient)), ...powers].join(' ')}`;
  });
  return parts.length === 0 ? '0' : parts.join(' ');
}

function latexName(name: string): string {
  return name.replace(/^([a-z]+)(\d+)$/i, '$1_{$2}');
}

function latexNumber(value: number): string {
  return threeDigits(value).replace(/e([+-]\d+)$/, (_, exponent) => ` \\cdot 10^{${Number(exponent)}}`);
}

/**
 * A formula as a JavaScript function of its inputs, every digit.
 *
 * @example
 * printJavaScript([{ coefficient: 2, exponents: [2, 1] }], ['x1', 'x2']) // => '(x1, x2) => 2 * x1 * x1 * x2'
 */
export function printJavaScript(terms: Formula['terms'], names: readonly string[]): string {
  const products = sortTerms(terms).map(({ coefficient, exponents }) =>
    [
      String(coefficient),
      ...exponents.flatMap((exponent, input) => Array<string>(exponent).fill(names[input])),
    ].join(' * '),
  );
  return `(${names.join(', ')}) => ${products.length === 0 ? '0' : products.join(' + ').replaceAll('+ -', '- ')}`;
}
