import type { Peak } from '../peak/measurePeak.js';
import { runtimeOf } from '../remote/runtime.js';
import type { BenchResult, NoiseFloor } from '../report/benchReport.js';
import { bootstrapRatio } from '../statistics/bootstrapRatio.js';
import { verdictOf } from '../statistics/verdict.js';
import type { TimedResult, Twins } from './runCase.js';

export interface ComparisonOptions {
  readonly baseline: string;
  readonly peak: Peak | null;
  readonly seed: number;
  readonly noise?: readonly NoiseFloor[];
}

/**
 * Adds to each result its share of the peak and its ratio to the baseline's result on the same case (the baseline's
 * first setting in the same runtime, else anywhere; that one itself has no ratio).
 */
export function compareResults(timed: readonly TimedResult[], options: ComparisonOptions): BenchResult[] {
  const { baseline, peak, seed, noise = [] } = options;
  return timed.map((one) => {
    const { result, timings } = one;
    const reference = baselineFor(result, timed, baseline);
    return {
      ...result,
      ...(peak &&
        result.gflops !== undefined && { shareOfPeak: result.gflops / (peak.gflops * result.threads) }),
      ...(reference &&
        reference !== one &&
        judge(
          ratioOf(reference.timings, timings, seed),
          noise.find((floor) => floor.case === result.case),
        )),
    };
  });
}

/** The baseline's first setting on the same case: in the same runtime, and where it has none there, in any. */
function baselineFor(
  result: BenchResult,
  timed: readonly TimedResult[],
  baseline: string,
): TimedResult | undefined {
  const settings = timed.filter(
    (other) => other.result.case === result.case && other.result.contender === baseline,
  );
  return settings.find((other) => runtimeOf(other.result) === runtimeOf(result)) ?? settings[0];
}

/** What twins differ by. */
export function noiseOf({ timings: [first, second], ...whose }: Twins, seed: number): NoiseFloor {
  return { ...whose, ...ratioOf(first, second, seed) };
}

function judge(measured: RatioFields, noise: NoiseFloor | undefined): Partial<BenchResult> {
  return { ...measured, ...(noise && { verdict: verdictOf(measured, noise) }) };
}

type RatioFields = Required<Pick<BenchResult, 'ratio' | 'ratioInterval'>>;

function ratioOf(baseline: readonly number[], timings: readonly number[], seed: number): RatioFields {
  const { ratio, low, high } = bootstrapRatio(baseline, timings, { seed });
  return { ratio, ratioInterval: [low, high] };
}
