import type { Peak } from '../peak/measurePeak.js';
import type { BenchResult } from '../report/benchReport.js';
import { bootstrapRatio } from '../statistics/bootstrapRatio.js';
import type { TimedResult } from './runCase.js';

export interface ComparisonOptions {
  readonly baseline: string;
  readonly peak: Peak | null;
  readonly seed: number;
}

/**
 * Adds to each result its share of the peak and its ratio to the baseline's result on the same case (the baseline's
 * first setting; that one itself has no ratio).
 */
export function compareResults(timed: readonly TimedResult[], options: ComparisonOptions): BenchResult[] {
  const { baseline, peak, seed } = options;
  return timed.map((one) => {
    const { result, timings } = one;
    const reference = timed.find(
      (other) => other.result.case === result.case && other.result.contender === baseline,
    );
    return {
      ...result,
      ...(peak &&
        result.gflops !== undefined && { shareOfPeak: result.gflops / (peak.gflops * result.threads) }),
      ...(reference && reference !== one && ratioOf(reference.timings, timings, seed)),
    };
  });
}

function ratioOf(
  baseline: readonly number[],
  timings: readonly number[],
  seed: number,
): Pick<BenchResult, 'ratio' | 'ratioInterval'> {
  const { ratio, low, high } = bootstrapRatio(baseline, timings, { seed });
  return { ratio, ratioInterval: [low, high] };
}
