import type { TensorMap } from '@polyneuron/backend';
import type { Program } from '@polyneuron/graph';
import type { BenchCase, Task, TaskKind, TaskOf } from '../cases/benchCase.js';
import { layerCaseProgram } from './layerCaseProgram.js';
import { liftCaseProgram } from './liftCaseProgram.js';
import { matMulCaseProgram } from './matMulCaseProgram.js';
import { trainingCaseProgram } from './trainingCaseProgram.js';

/** A case as a program with its numbers, all of them seeded: what is timed, and what its result is compared with. */
export interface CaseProgram {
  /** One run of it is one unit of work. What it reads and writes is state, so that a run moves no data. */
  readonly program: Program;
  /** Of one run, after simplification, without what only this harness adds. */
  readonly flops: number;
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
  /** Largest |actual - expected| / (1 + |expected|) allowed. */
  readonly tolerance: number;
  /** Float64 values of `names`. */
  reference(): Readonly<Record<string, Float64Array>>;
}

/** A case with its program and numbers: what contenders prepare. */
export interface OpenedCase extends CaseProgram {
  readonly name: string;
  readonly task: Task;
}

const builders: { readonly [K in TaskKind]: (task: TaskOf<K>) => CaseProgram } = {
  training: trainingCaseProgram,
  lift: liftCaseProgram,
  matMul: matMulCaseProgram,
  layer: layerCaseProgram,
};

/** Draws the numbers of a case and builds its program. */
export function openCase({ name, task }: Pick<BenchCase, 'name' | 'task'>): OpenedCase {
  return { name, task, ...buildProgram(task) };
}

function buildProgram<K extends TaskKind>(task: TaskOf<K>): CaseProgram {
  return (builders[task.kind] as (task: TaskOf<K>) => CaseProgram)(task);
}
