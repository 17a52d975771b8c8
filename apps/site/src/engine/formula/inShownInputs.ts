import type { PolynomialTerm } from '@polyneuron/analysis';
import type { Scale } from '../data/dataSet.js';

/**
 * Terms in t as terms in x, where t_i = (x_i - center_i) / (half_i · extent): each power by the binomial theorem.
 *
 * target = targetCenter + targetHalf · Σ
 */
export function inShownInputs(
  terms: readonly PolynomialTerm[],
  extent: number,
  inputScales: readonly Scale[],
  targetScale: Scale,
): PolynomialTerm[] {
  const sum = new Map<string, PolynomialTerm>();
  const put = (coefficient: number, exponents: readonly number[]) => {
    const key = exponents.join();
    sum.set(key, { coefficient: (sum.get(key)?.coefficient ?? 0) + coefficient, exponents });
  };
  for (const { coefficient, exponents } of terms) {
    let expanded: PolynomialTerm[] = [{ coefficient: targetScale.half * coefficient, exponents: [] }];
    exponents.forEach((exponent, axis) => {
      const { center, half } = inputScales[axis];
      const powers = binomialPowers(exponent, -center / (half * extent), 1 / (half * extent));
      expanded = expanded.flatMap((term) =>
        powers.flatMap((factor, power) =>
          factor === 0
            ? []
            : [{ coefficient: term.coefficient * factor, exponents: [...term.exponents, power] }],
        ),
      );
    });
    for (const term of expanded) put(term.coefficient, term.exponents);
  }
  if (targetScale.center !== 0)
    put(
      targetScale.center,
      inputScales.map(() => 0),
    );
  return [...sum.values()].filter(({ coefficient }) => coefficient !== 0);
}

/** Coefficients of (offset + slope x)^exponent by power of x. */
function binomialPowers(exponent: number, offset: number, slope: number): number[] {
  let powers = [1];
  for (let factor = 0; factor < exponent; factor++) {
    const next = new Array<number>(powers.length + 1).fill(0);
    powers.forEach((coefficient, power) => {
      next[power] += offset * coefficient;
      next[power + 1] += slope * coefficient;
    });
    powers = next;
  }
  return powers;
}
