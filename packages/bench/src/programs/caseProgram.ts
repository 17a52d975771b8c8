import type { TensorMap } from '@polyneuron/backend';
import type { Program } from '@polyneuron/graph';
import type { Task, TaskKind, TaskOf } from '../cases/benchCase.js';

/** A case as a program with its numbers, all of them seeded: what is timed, and what its result is compared with. */
export interface CaseProgram {
  /** One run of it is one unit of work. What it reads and writes is state, so that a run moves no data. */
  readonly program: Program;
  /** Of one run, after simplification, without what only this harness adds. */
  readonly flops: number;
  /** That one run must move, see `compulsoryBytes`. */
  readonly bytes: number;
  /** First values of the state; entries that are not named start as zeros. */
  readonly state: TensorMap;
  /** Inputs of `runs` successive runs, stacked, always from the first. */
  inputs(runs: number): TensorMap;
  readonly check: ResultCheck;
}

/** What a contender must get right before it is timed. */
export interface ResultCheck {
  /** Runs from the first state. */
  readonly runs: number;
  /** Stacked. */
  readonly inputs: TensorMap;
  /** State entries that are compared after these runs. */
  readonly names: readonly string[];
  /** Largest error allowed, as `maxErrorOf` has it. */
  readonly tolerance: number;
  /** One entry for each of `names`. */
  reference(): Readonly<Record<string, ReferenceValues>>;
}

/** What the float64 interpreter gives for a state entry. */
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
