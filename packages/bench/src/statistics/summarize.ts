import { quantileOfSorted, sorted } from './quantile.js';

/** Robust description of a sample: nothing in it moves far when one timing is interrupted. */
export interface Summary {
  readonly n: number;
  readonly median: number;
  readonly p5: number;
  /** First and third quartile. */
  readonly p25: number;
  readonly p75: number;
  readonly p95: number;
  /** Median of |x - median|, not scaled to a standard deviation. */
  readonly mad: number;
}

/** Throws   ValueError on no value */
export function summarize(values: readonly number[]): Summary {
  const ascending = sorted(values);
  const median = quantileOfSorted(ascending, 0.5);
  const deviations = ascending.map((value) => Math.abs(value - median)).sort();
  return {
    n: ascending.length,
    median,
    p5: quantileOfSorted(ascending, 0.05),
    p25: quantileOfSorted(ascending, 0.25),
    p75: quantileOfSorted(ascending, 0.75),
    p95: quantileOfSorted(ascending, 0.95),
    mad: quantileOfSorted(deviations, 0.5),
  };
}
