import type { TensorMap } from '@polyneuron/backend';
import type { Program } from '@polyneuron/graph';
import type { Task, TaskKind, TaskOf } from '../cases/benchCase.js';

/** A case as a program with its numbers, all of them seeded: what is timed, and what its result is compared with. */
export interface CaseProgram {
  /** What it reads and writes is state, so that a run moves no data, but where moving data is what the case is about. */
  readonly program: Program;
  readonly oneRun: OneRun;
  /** Of one run, after simplification, without what only this harness adds; 0 where a run is more than arithmetic. */
  readonly flops: number;
  /** That one run must move, see `compulsoryBytes`. */
  readonly bytes: number;
  /** First values of the state; entries that are not named start as zeros. */
  readonly state: TensorMap;
  /** Inputs of `runs` successive runs, stacked, always from the first. */
  inputs(runs: number): TensorMap;
  readonly check: ResultCheck;
}

/** What a run is, which is what a time is given of. */
export type OneRun = ExecutionRun | CallRun | FreshRun | GoalRun;
export type RunKind = OneRun['kind'];
export type OneRunOf<K extends RunKind> = Extract<OneRun, { readonly kind: K }>;

/** One execution of the program, state carried on; many are one timing, and one scan where a contender has that. */
export interface ExecutionRun {
  readonly kind: 'execution';
}

/** One call from the outside, outputs read back before the next begins. A timing has a single one: its latency. */
export interface CallRun {
  readonly kind: 'call';
}

/** Builds, compiles and loads the program, executes it once, reads its outputs and lets it go. */
export interface FreshRun {
  readonly kind: 'fresh';
  /** The program again, of new nodes. */
  build(): Program;
}

/** From the first state, `stride` executions at a time, until the last of them has an output below a value. */
export interface GoalRun {
  readonly kind: 'goal';
  /** Name of a scalar output. The check gives its value after each stride, in order. */
  readonly output: string;
  readonly below: number;
  readonly stride: number;
  /** Executions after which a contender gives up. */
  readonly most: number;
}

/** What a contender must get right before it is timed. */
export interface ResultCheck {
  /** Runs from the first state. */
  readonly runs: number;
  /** Stacked. */
  readonly inputs: TensorMap;
  /** State entries and outputs that are compared after these runs. */
  readonly names: readonly string[];
  /** Largest error allowed, as `maxErrorOf` has it. */
  readonly tolerance: number;
  /** One entry for each of `names`. */
  reference(): Readonly<Record<string, ReferenceValues>>;
}

/** What the float64 interpreter gives for a state entry or an output. */
export interface ReferenceValues {
  readonly values: Float64Array;
  /** What an error of this entry is divided by; default 1 + |expected|, element by element. */
  readonly scale?: number;
}

/** A case with its program and numbers: what contenders prepare. */
export interface OpenedCase extends CaseProgram {
  readonly name: string;
  readonly task: Task;
}

/** A case whose task is known. */
export type OpenedTask<K extends TaskKind> = Omit<OpenedCase, 'task'> & { readonly task: TaskOf<K> };
