import { ValueError } from '@polyneuron/graph';
import type { BenchCase, Suite } from '../cases/benchCase.js';
import { benchCases, selectCases } from '../cases/selectCases.js';
import type { Contender, ContenderSpec, Opening } from '../contenders/contender.js';
import type { BackendSource } from '../contenders/programContender.js';
import { contendersFor, selectContenders } from '../contenders/selectContenders.js';
import { captureEnvironment, type Environment } from '../environment/captureEnvironment.js';
import { measurePeak, type Peak } from '../peak/measurePeak.js';
import {
  type BenchError,
  type BenchReport,
  type MissingEntry,
  type NoiseFloor,
  reportVersion,
} from '../report/benchReport.js';
import { type Clock, platformClock } from './clock.js';
import { compareResults, noiseOf } from './compareResults.js';
import { type ProgressEvent, runCase, type TimedResult } from './runCase.js';

export interface BenchOptions {
  /** default: every suite */
  readonly suite?: Suite;
  /** Names of cases. default: all of the suite */
  readonly cases?: readonly string[];
  /** Names of contenders. default: all */
  readonly contenders?: readonly string[];
  /** Each becomes `polyneuron-<name>`. */
  readonly backends: readonly BackendSource[];
  /** Further contenders, such as `pythonContenders()` of @polyneuron/bench/node. */
  readonly peers?: readonly ContenderSpec[];
  /** Timings per contender and case. default 30 */
  readonly rounds?: number;
  /** For warm-up and rounds of one case; at least five rounds run whatever it is. default 10 000 */
  readonly budgetMs?: number;
  /** One timing takes as many runs as last this long. default 5 */
  readonly minimumTimingMs?: number;
  /** Contender that ratios compare with, in its first setting. default 'tfjs-wasm' */
  readonly baseline?: string;
  /** Of the bootstrap. default 1 */
  readonly seed?: number;
  /** Lets the baseline take part twice in every case; results then have verdicts. default false */
  readonly isNoiseMeasured?: boolean;
  readonly onProgress?: (event: ProgressEvent) => void;
  /** Gets the machine, and what makes figures doubtful on it, before anything is measured. */
  readonly onEnvironment?: (environment: Environment) => void;
  /** Gets the report so far after each case but the last: what is left of a run that is stopped. */
  readonly onPartial?: (report: BenchReport) => void;
  /** Stops between two timings; `runBench` then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What the outside world supplies; tests hand in their own. */
export interface BenchWorld {
  readonly clock: Clock;
  readonly registry: readonly BenchCase[];
  readonly specs: readonly ContenderSpec[];
  readonly measurePeak: () => Peak | undefined;
  readonly captureEnvironment: () => Promise<Environment>;
}

/**
 * Runs cases against contenders: parity first, then warm-up, then interleaved rounds.
 *
 * No time is reported for a result that was not compared with the float64 interpreter in this run. A contender that
 * does not run here, or a case that it cannot take, is listed in `missing` with the reason; one that fails or computes
 * something wrong, in `errors`.
 *
 * Throws   ValueError on a suite, case, contender or baseline that does not exist, or on numbers that make no sense
 *
 * @example
 * const report = await runBench({ suite: 'gemm', backends: [{ name: 'wasm', threads: [1, 2], open }] });
 * process.stdout.write(renderers.text(report));
 */
export function runBench(options: BenchOptions): Promise<BenchReport> {
  return runBenchIn(options, {
    clock: platformClock,
    registry: benchCases,
    specs: contendersFor(options.backends, options.peers),
    measurePeak,
    captureEnvironment,
  });
}

/** The same in a world of one's own. */
export async function runBenchIn(options: BenchOptions, world: BenchWorld): Promise<BenchReport> {
  const { rounds = 30, budgetMs = 10_000, minimumTimingMs = 5, baseline = 'tfjs-wasm', seed = 1 } = options;
  const { isNoiseMeasured = false } = options;
  requirePositive({ rounds, budgetMs, minimumTimingMs });
  const cases = selectCases(options, world.registry);
  const specs = selectContenders(world.specs, options.contenders);
  // A baseline that is known but does not take part is no mistake: there are no ratios then.
  selectContenders(world.specs, [baseline]);
  const environment = await world.captureEnvironment();
  options.onEnvironment?.(environment);
  const missing: MissingEntry[] = [];
  const errors: BenchError[] = [];
  const timed: TimedResult[] = [];
  const noise: NoiseFloor[] = [];
  const contenders: Contender[] = [];
  const doubts = new Set<string>();
  try {
    for (const spec of specs) {
      options.signal?.throwIfAborted();
      const runtime = spec.runtime && { runtime: spec.runtime };
      options.onProgress?.({ case: '*', phase: 'open', contender: spec.name, ...runtime });
      const opening = await openFor(spec, cases);
      contenders.push(...opening.contenders);
      for (const reason of opening.missing)
        missing.push({ case: '*', contender: spec.name, ...runtime, reason });
      for (const warning of opening.warnings ?? []) doubts.add(warning);
    }
    const before = world.measurePeak();
    const reportSoFar = (peak: Peak | null, isComplete: boolean): BenchReport => ({
      version: reportVersion,
      environment: { ...environment, warnings: [...environment.warnings, ...doubts] },
      peak,
      baseline,
      results: compareResults(timed, { baseline, peak, seed, noise }),
      errors: [...errors],
      missing: [...missing],
      ...(isNoiseMeasured && { noise: [...noise] }),
      run: {
        started: environment.date,
        ended: new Date().toISOString(),
        rounds,
        budgetMs,
        minimumTimingMs,
        seed,
        cases: cases.map(({ name }) => name),
        isComplete,
      },
    });
    for (const benchCase of cases) {
      const outcome = await runCase(benchCase, contenders, {
        clock: world.clock,
        rounds,
        budgetMs,
        minimumTimingMs,
        onProgress: options.onProgress ?? (() => {}),
        signal: options.signal,
        ...(isNoiseMeasured && { twin: baseline }),
      });
      timed.push(...outcome.results);
      errors.push(...outcome.errors);
      missing.push(...outcome.missing);
      if (outcome.twins) noise.push(noiseOf(outcome.twins, seed));
      if (benchCase !== cases.at(-1)) options.onPartial?.(reportSoFar(before ?? null, false));
    }
    return reportSoFar(higherPeak(before, world.measurePeak()), true);
  } finally {
    for (const contender of contenders) contender.dispose();
  }
}

/** A contender that takes none of the cases is not started for them. */
async function openFor(spec: ContenderSpec, cases: readonly BenchCase[]): Promise<Opening> {
  const { suites } = spec;
  if (!suites || cases.some(({ suite }) => suites.includes(suite))) return spec.open();
  return { contenders: [], missing: [`it takes part in ${listOf(suites)} only`] };
}

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}

/** Measured before and after: a peak that was disturbed would make every share look better than it is. */
function higherPeak(a: Peak | undefined, b: Peak | undefined): Peak | null {
  if (!a || !b) return a ?? b ?? null;
  const best = b.gflops > a.gflops ? b : a;
  return { ...best, bandwidthGBs: Math.max(a.bandwidthGBs, b.bandwidthGBs) };
}

function requirePositive(options: Readonly<Record<string, number>>): void {
  const wrong = Object.entries(options).filter(([, value]) => !(value > 0));
  if (wrong.length === 0) return;
  throw new ValueError({
    subject: 'runBench',
    expected: `${wrong.map(([name]) => name).join(', ')} above 0`,
    received: wrong.map(([name, value]) => `${name}: ${value}`).join(', '),
    fix: 'leave the option out for its default',
  });
}
