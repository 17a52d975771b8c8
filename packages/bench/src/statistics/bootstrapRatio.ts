import { createRandom, type Random } from '@polyneuron/datasets';
import { quantile, quantileOfSorted, sorted } from './quantile.js';

export interface RatioInterval {
  /** quantile(numerator) / quantile(denominator) */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  /** default 2000 */
  readonly resamples?: number;
  /** Share of the bootstrap distribution inside the interval. default 0.95 */
  readonly level?: number;
  /** Which quantile of either sample: 0 is the smallest value. default 0.5, the median */
  readonly quantile?: number;
}

/**
 * Ratio of two medians, or other quantiles, with its percentile bootstrap interval.
 *
 * Both samples are drawn from again, independently and with replacement; the interval holds the middle `level` of the
 * ratios. What disturbs both samples alike (interleaved rounds on one machine) is treated as noise of each, so the
 * interval is rather too wide than too narrow. Of extremes the interval says how far they hang on single values, not
 * where the extremes of further samples will lie (Bickel and Freedman 1981).
 *
 * Source   Efron 1979, Bootstrap Methods: Another Look at the Jackknife; percentile method
 * Throws   ValueError on an empty sample
 *
 * @example
 * bootstrapRatio([20, 21, 22], [10, 10, 10], { seed: 1 }).ratio // => 2.1
 */
export function bootstrapRatio(
  numerator: readonly number[],
  denominator: readonly number[],
  { seed, resamples = 2000, level = 0.95, quantile: p = 0.5 }: BootstrapOptions,
): RatioInterval {
  const ratio = quantile(numerator, p) / quantile(denominator, p);
  const random = createRandom(seed);
  const draw = (values: readonly number[]) => quantileOfSorted(resample(values, random), p);
  const ratios = sorted(Array.from({ length: resamples }, () => draw(numerator) / draw(denominator)));
  const tail = (1 - level) / 2;
  return {
    ratio,
    low: quantileOfSorted(ratios, tail),
    high: quantileOfSorted(ratios, 1 - tail),
  };
}

function resample(values: readonly number[], random: Random): Float64Array {
  return Float64Array.from(values, () => values[random.below(values.length)]).sort();
}
