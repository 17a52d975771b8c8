import type { SweepResult } from '../../protocol/messages.js';

/** Rates of a sweep, thirds of decades. */
export const sweptRates: readonly number[] = [0.003, 0.01, 0.03, 0.1, 0.3, 1];

/** The rate at which each contestant ends with the least test loss; undefined where every run diverged. */
export function bestRates(
  results: readonly SweepResult[],
): readonly [number | undefined, number | undefined] {
  const whole = results.filter(({ outcome }) => outcome !== 'diverged');
  const best = (side: 0 | 1) =>
    whole.toSorted((a, b) => a.scores[side].testLoss - b.scores[side].testLoss).at(0)?.rate;
  return [best(0), best(1)];
}
