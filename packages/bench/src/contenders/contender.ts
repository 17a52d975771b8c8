/** @file What takes part in a measurement. A new peer is one more `ContenderSpec`; the runner knows none by name. */
import type { Suite } from '../cases/benchCase.js';
import type { OpenedCase } from '../programs/caseProgram.js';
import type { Runtime } from '../remote/runtime.js';

/** A contender by name. */
export interface ContenderSpec {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** It is opened for these alone. default: all */
  readonly suites?: readonly Suite[];
  /** Thread counts that `open` makes a setting of each. default: one setting, however many threads it takes */
  readonly threads?: readonly number[];
  /** Where its settings compute. default: here */
  readonly runtime?: Runtime;
  /** The settings in which it runs here, thread counts above all, and why others do not. */
  open(): Promise<Opening>;
}

export interface Opening {
  readonly contenders: readonly Contender[];
  /** Why the contender, or one setting of it, does not run here. */
  readonly missing: readonly string[];
  /** What makes its figures doubtful; the report has it among the warnings of the environment. */
  readonly warnings?: readonly string[];
}

/** One setting of a contender, ready to take cases. */
export interface Contender {
  readonly name: string;
  readonly threads: number;
  /** What it really runs on. */
  readonly device: string;
  /** Where it computes. default: here */
  readonly runtime?: Runtime;
  /** Of the software that computes, by name; the environment has those of the runtime. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Called before it works on anything, outside of every timing. */
  activate?(): Promise<void>;
  prepare(opened: OpenedCase): Promise<Preparation>;
  dispose(): void;
}

export type Preparation = Workload | Unsupported;

/** A case that this contender cannot run, which is no mistake. */
export interface Unsupported {
  /** Completes 'not measured: ...'. */
  readonly unsupported: string;
}

/** A case in the hands of one contender. */
export interface Workload {
  /** `run` takes multiples of this; default 1. */
  readonly granularity?: number;
  /** A timing lasts at least this long, where a call has a cost of its own that its runs must outweigh. */
  readonly minimumTimingMs?: number;
  /** At most so many runs at a time, where inputs would not fit otherwise. */
  readonly maximumRuns?: number;
  /** Called once, first: the runs of the case's check, from its first state. Values of `check.names`. */
  check(): Promise<Readonly<Record<string, ArrayLike<number>>>>;
  /**
   * Carries on from where it stands, and returns when the results have been read back. A number is the time that the
   * runs took in ms, given by what computes in another process; without one, the caller's clock counts.
   */
  run(runs: number): Promise<void> | Promise<number>;
  /** Preparing and checking, by the clock of another process that did; undefined, and without it: the caller's counts. */
  firstCallMs?(): number | undefined;
  /** The most memory held since the case was prepared; undefined where that is not told. */
  memoryBytes?(): Promise<number | undefined>;
  dispose(): void;
}
