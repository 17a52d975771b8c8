import type { PolynomialForm } from './polynomialForms.js';

/** Second moments of the random parts of step k >= 2 of a recursion, all of mean 0 but the offset. */
export interface StepMoments {
  /** Of A_k (U_k), times the number of features. */
  readonly kernel: number;
  /** Of S_k, times the rank. */
  readonly mixing: number;
  /** o_k². */
  readonly offset: number;
}

/**
 * E[x_K²] over independent weights and standard normal features.
 *
 * Given z, an element of z A_k has variance s = |z|² / n times `kernel`, apart from everything in x_{k-1}. So
 * e_k(s) = E[x_k² | z] is a polynomial in s: e_1 = s, and
 *
 * ccp       e_k = e_{k-1} + kernel s e_{k-1}
 * ncp       e_k = kernel s (mixing e_{k-1} + offset)
 * ncpSkip   e_k = e_{k-1} + kernel s (mixing e_{k-1} + offset)     with V = I
 *
 * With every moment 1 and s at its mean 1, ccp gives 2^(K-1). E[s^j] = Π_{i<j} (n + 2i) / n, as n s is χ² with n
 * degrees of freedom.
 */
export function polynomialVariance(
  form: PolynomialForm,
  { degree, features, step }: { degree: number; features: number; step: StepMoments },
): number {
  const mixing = form === 'ccp' ? 1 : step.mixing;
  const offset = form === 'ccp' ? 0 : step.offset;
  const kept = form === 'ncp' ? 0 : 1;
  /** Coefficients of e_k by powers of s. */
  let e = [0, 1];
  for (let k = 2; k <= degree; k++) {
    const before = e;
    e = Array.from({ length: before.length + 1 }, (_, j) => {
      const product = j === 0 ? 0 : mixing * before[j - 1] + (j === 1 ? offset : 0);
      return kept * (before[j] ?? 0) + step.kernel * product;
    });
  }
  let moment = 1;
  return e.reduce((sum, coefficient, j) => {
    if (j > 0) moment *= (features + 2 * (j - 1)) / features;
    return sum + coefficient * moment;
  }, 0);
}
