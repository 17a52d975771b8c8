/** @file Which terms of a long polynomial are shown. */
import type { PolynomialTerm } from '@polyneuron/analysis';

export interface ShownTerms<Term> {
  /** In the order that they came in. */
  readonly terms: readonly Term[];
  readonly omitted: number;
  /** Size of the largest coefficient left out; 0 where none is. */
  readonly bound: number;
}

/** Of the largest coefficient: below it a term is not worth printing. */
const printedShare = 1e-3;

/** The `most` terms with the largest coefficients. */
export function largestTerms<Term extends PolynomialTerm>(
  terms: readonly Term[],
  most: number,
): ShownTerms<Term> {
  const bySize = [...terms].sort((a, b) => Math.abs(b.coefficient) - Math.abs(a.coefficient));
  const kept = new Set(bySize.slice(0, most));
  return {
    terms: terms.filter((term) => kept.has(term)),
    omitted: Math.max(0, terms.length - most),
    bound: Math.abs(bySize[most]?.coefficient ?? 0),
  };
}

/** Of these, those of more than a thousandth of the largest. */
export function printedTerms(terms: readonly PolynomialTerm[], most: number): ShownTerms<PolynomialTerm> {
  const largest = Math.max(0, ...terms.map(({ coefficient }) => Math.abs(coefficient)));
  const worth = terms.filter(({ coefficient }) => Math.abs(coefficient) > printedShare * largest).length;
  return largestTerms(terms, Math.min(most, worth));
}
