/** @file How many runs one timing takes, and when a contender is warm. */
import type { Workload } from '../contenders/contender.js';
import { quantile } from '../statistics/quantile.js';
import type { Clock } from './clock.js';

/** Timings of one window of the warm-up. */
const windowSize = 3;
/** Two successive windows this close are the same speed. */
const stableShare = 0.05;
const maximumWindows = 40;
/** Runs of one timing, whatever the clock says. */
const runLimit = 2 ** 16;
/** At most this factor between one guess of the run count and the next. */
const growth = 16;

export interface PaceOptions {
  readonly clock: Clock;
  /** A shorter timing says more about the clock than about the work. */
  readonly minimumTimingMs: number;
  /** The warm-up starts no further timing after this. */
  readonly budgetMs: number;
  /** Called between timings; may throw to stop. */
  readonly onTiming?: () => void;
}

export interface Pace {
  /** Runs of one timing. */
  readonly runs: number;
  readonly isStable: boolean;
}

/** Milliseconds of `runs` runs, read-back included: by the workload's own clock where it has one. */
export async function time(workload: Workload, runs: number, clock: Clock): Promise<number> {
  const started = clock();
  const measured = await workload.run(runs);
  return measured ?? clock() - started;
}

/**
 * Finds how many runs make a timing of at least `minimumTimingMs`, then works on until the medians of two successive
 * windows agree, so that tiered compilers and caches have settled. Bounded by the budget (one timing takes place
 * whatever it is) and by a number of windows.
 */
export async function warmUp(workload: Workload, options: PaceOptions): Promise<Pace> {
  const { clock, budgetMs, onTiming = () => {} } = options;
  const minimumTimingMs = Math.max(options.minimumTimingMs, workload.minimumTimingMs ?? 0);
  const until = clock() + budgetMs;
  let runs = fittingRuns(workload, 1);
  // No window is close to none.
  let previous = Number.NaN;
  for (let windows = 1; windows <= maximumWindows; windows++) {
    const timings: number[] = [];
    for (let at = 0; at === 0 || (at < windowSize && clock() < until); at++) {
      onTiming();
      timings.push((await time(workload, runs, clock)) / runs);
    }
    const median = quantile(timings, 0.5);
    const wanted = fittingRuns(workload, Math.min(runs * growth, minimumTimingMs / median));
    const isLongEnough = wanted <= runs;
    if (isLongEnough && Math.abs(median - previous) <= stableShare * previous)
      return { runs, isStable: true };
    runs = Math.max(runs, wanted);
    previous = median;
    if (clock() >= until) break;
  }
  return { runs, isStable: false };
}

/** The next multiple of the granularity, within the limits. */
export function fittingRuns({ granularity = 1, maximumRuns = runLimit }: Workload, wanted: number): number {
  const limit = Math.min(runLimit, maximumRuns);
  const most = Math.max(1, Math.floor(limit / granularity));
  return granularity * Math.min(most, Math.max(1, Math.ceil(wanted / granularity)));
}
