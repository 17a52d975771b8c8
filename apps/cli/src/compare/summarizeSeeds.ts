/** @file Means over seeds, with the interval in which the mean of many more seeds would lie. */

export interface SeedSummary {
  readonly values: readonly number[];
  readonly mean: number;
  /** Of the sample: n − 1 in the divisor. 0 for a single value. */
  readonly deviation: number;
  /** 95 % interval of the mean by Student's t; null for a single value. */
  readonly interval: readonly [number, number] | null;
}

/** Two-sided 95 % quantiles of Student's t for 1, 2, ... degrees of freedom (Fisher and Yates 1963, table III). */
const studentT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const normalQuantile = 1.96;

/** mean ± t s / √n. Values that are not finite make all of it NaN: a run that diverged is not left out. */
export function summarizeSeeds(values: readonly number[]): SeedSummary {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { values, mean, deviation: 0, interval: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (count - 1));
  const reach = ((studentT[count - 2] ?? normalQuantile) * deviation) / Math.sqrt(count);
  return { values, mean, deviation, interval: [mean - reach, mean + reach] };
}

/** Summary of the differences seed by seed: both contenders saw the same data in the same order. */
export function summarizeDifference(values: readonly number[], baseline: readonly number[]): SeedSummary {
  return summarizeSeeds(values.map((value, at) => value - (baseline[at] as number)));
}
