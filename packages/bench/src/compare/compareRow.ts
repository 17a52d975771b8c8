import type { BenchResult } from '../report/benchReport.js';
import { bootstrapRatio } from '../statistics/bootstrapRatio.js';
import { quantile } from '../statistics/quantile.js';
import type { Change, ComparedRow } from './comparison.js';
import { middle, shortest, wavering } from './wavering.js';

/** The results of one setting on one case, a report's each. */
export type Pair = readonly [base: readonly BenchResult[], head: readonly BenchResult[]];

export interface Measure {
  readonly failOn: number;
  readonly seed: number;
  /** Of the interval. */
  readonly level: number;
  /** A/A floors of the reports. */
  readonly floors: readonly number[];
}

/** Resamples that must lie outside an interval on each side, for its ends to be more than the extremes of a few. */
const resamplesPerTail = 20;

/** One row: all timings of either side, in those of the control where there is one. */
export function compareRow(pair: Pair, control: Pair | undefined, measure: Measure): ComparedRow {
  const { failOn, seed, level, floors } = measure;
  const resamples = Math.ceil((2 * resamplesPerTail) / (1 - level));
  const statistic = control ? middle : shortest;
  const [base, head] = pair.map((results, side) =>
    results.map((result, run) => seriesOf(result, control?.[side]?.[run])),
  ) as [number[][], number[][]];
  const { ratio, low, high } = bootstrapRatio(head.flat(), base.flat(), {
    seed,
    level,
    resamples,
    quantile: statistic.quantile,
  });
  const noise = Math.max(...floors, wavering(base, statistic) * wavering(head, statistic));
  const [baseTimes, headTimes] = [pair[0].flatMap(timingsOf), pair[1].flatMap(timingsOf)];
  const { case: name, contender, runtime, threads, unit } = pair[0][0] as BenchResult;
  return {
    case: name,
    contender,
    ...(runtime && { runtime }),
    threads,
    unit,
    baseShortest: quantile(baseTimes, 0),
    headShortest: quantile(headTimes, 0),
    baseMedian: quantile(baseTimes, 0.5),
    headMedian: quantile(headTimes, 0.5),
    ratio,
    interval: [low, high],
    noise,
    change: changeOf([low, high], (1 + failOn) * noise),
  };
}

/** Timings by round, in those of the control where there is one: what slows a round down slows both down. */
function seriesOf(result: BenchResult, control: BenchResult | undefined): readonly number[] {
  const timings = timingsOf(result);
  if (!control) return timings;
  const others = timingsOf(control);
  return timings.slice(0, others.length).map((timing, round) => timing / (others[round] as number));
}

function timingsOf({ timings = [] }: BenchResult): readonly number[] {
  return timings;
}

function changeOf([low, high]: readonly [number, number], limit: number): Change {
  if (low > limit) return 'slower';
  return high < 1 / limit ? 'faster' : 'no difference';
}
