/** @file What a benchmark run gives, as plain JSON. */
import type { CaseAxis, Suite, Unit } from '../cases/benchCase.js';
import type { Environment } from '../environment/captureEnvironment.js';
import type { Peak } from '../peak/measurePeak.js';
import type { Runtime } from '../remote/runtime.js';
import type { Verdict } from '../statistics/verdict.js';

/** Changes when a field changes its meaning. */
export const reportVersion = 1;

export interface BenchReport {
  readonly version: typeof reportVersion;
  readonly environment: Environment;
  /** Of one thread; null where WebAssembly SIMD does not run. */
  readonly peak: Peak | null;
  /** The contender that ratios compare with. */
  readonly baseline: string;
  readonly results: readonly BenchResult[];
  /** Contenders that were refused or failed: nothing was timed. */
  readonly errors: readonly BenchError[];
  readonly missing: readonly MissingEntry[];
  /** One per case, where it was asked for. */
  readonly noise?: readonly NoiseFloor[];
  readonly run?: RunRecord;
}

/** One contender, in one setting, on one case. Times in `unit`, of one step or run. */
export interface BenchResult {
  readonly case: string;
  readonly suite: Suite;
  /** Where its case stands in a series. */
  readonly axis?: CaseAxis;
  readonly contender: string;
  readonly threads: number;
  /** Where it computed: in a process of its own. Absent from what computed in the process that wrote the report, and from peers that are other programs. */
  readonly runtime?: Runtime;
  readonly device: string;
  /** Of the software that computed, by name, where the environment does not have them. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly unit: Unit;
  readonly median: number;
  readonly p5: number;
  readonly p25: number;
  readonly p75: number;
  readonly p95: number;
  /** Median absolute deviation, not scaled. */
  readonly mad: number;
  /** Timings, one per round; the quantiles are over these. */
  readonly samples: number;
  /** Steps or runs in all timings together. */
  readonly runs: number;
  /** Preparing (compile, upload) and the runs of the parity check, in ms: what a caller waits for the first result. */
  readonly firstCallMs: number;
  /** The most that its processes held from the preparation of the case on, code and runtime included; absent where that is not told. */
  readonly memoryBytes?: number;
  /** Whether the speed had settled before the first round. */
  readonly isWarm: boolean;
  readonly flops: number;
  /** Compulsory traffic of one run. */
  readonly bytes: number;
  /** Of the program's own arithmetic, at the median. */
  readonly gflops?: number;
  /** Of the peak measured in this process, times the threads. */
  readonly shareOfPeak?: number;
  /**
   * Against the float64 reference: max |actual - expected| / (1 + |expected|); in training steps relative to how far the
   * weights of a tensor moved.
   */
  readonly maxError: number;
  readonly tolerance: number;
  /** Median of the baseline over this median: above 1 is faster than the baseline. */
  readonly ratio?: number;
  /** 95 % bootstrap interval of the ratio. */
  readonly ratioInterval?: readonly [number, number];
  /** The ratio against the noise floor of its case, where that was measured. */
  readonly verdict?: Verdict;
  /** Time of one step or run, per round. */
  readonly timings?: readonly number[];
}

/** A contender against itself: both took part in the rounds like everybody else. */
export interface NoiseFloor {
  readonly case: string;
  readonly contender: string;
  readonly threads: number;
  readonly ratio: number;
  readonly ratioInterval: readonly [number, number];
}

/** The circumstances of a run. */
export interface RunRecord {
  readonly started: string;
  readonly ended: string;
  readonly rounds: number;
  readonly budgetMs: number;
  readonly minimumTimingMs: number;
  readonly seed: number;
  /** Cases that were planned; those that the run did not come to are absent from the results. */
  readonly cases: readonly string[];
  readonly isComplete: boolean;
  /** Why no figure of this run counts: 'the page was hidden'. */
  readonly voidedBy?: string;
}

export interface BenchError {
  readonly case: string;
  readonly contender: string;
  readonly threads: number;
  readonly runtime?: Runtime;
  /** null where there was no result to compare, or where it was not finite. */
  readonly maxError: number | null;
  readonly tolerance: number | null;
  readonly message: string;
}

/** A contender that did not take part, and why. */
export interface MissingEntry {
  /** '*' stands for every case. */
  readonly case: string;
  readonly contender: string;
  readonly runtime?: Runtime;
  readonly reason: string;
}
