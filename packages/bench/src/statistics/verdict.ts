/** What a ratio says once the noise of the machine is taken off. */
export type Verdict = 'faster' | 'slower' | 'no difference';

interface Measured {
  readonly ratio: number;
  /** 95 % interval. */
  readonly ratioInterval: readonly [number, number];
}

/**
 * Judges a ratio (baseline / contender, above 1 is faster) by the ratio of the baseline to itself in the same rounds.
 *
 * The noise floor is the farthest that the interval of the A/A ratio lies from 1, as a factor. Inside it, or with an
 * interval that holds 1, there is no difference and no rank.
 *
 * @example
 * verdictOf({ ratio: 1.03, ratioInterval: [1.01, 1.05] }, { ratio: 1, ratioInterval: [0.95, 1.02] }) // => 'no difference'
 */
export function verdictOf({ ratio, ratioInterval: [low, high] }: Measured, noise: Measured): Verdict {
  if (!(low > 1 || high < 1) || Math.abs(Math.log(ratio)) <= Math.log(noiseFloor(noise)))
    return 'no difference';
  return ratio > 1 ? 'faster' : 'slower';
}

/** A factor of at least 1: max over both ends e of the interval of max(e, 1 / e). */
export function noiseFloor({ ratioInterval: [low, high] }: Pick<Measured, 'ratioInterval'>): number {
  return Math.max(low, 1 / low, high, 1 / high);
}
