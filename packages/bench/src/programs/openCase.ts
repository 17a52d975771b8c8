import type { BenchCase, TaskKind, TaskOf } from '../cases/benchCase.js';
import type { CaseProgram, OpenedCase } from './caseProgram.js';
import { compileCaseProgram } from './compileCaseProgram.js';
import { convergenceCaseProgram } from './convergenceCaseProgram.js';
import { convolutionCaseProgram } from './convolutionCaseProgram.js';
import { inferenceCaseProgram } from './inferenceCaseProgram.js';
import { layerCaseProgram } from './layerCaseProgram.js';
import { liftCaseProgram } from './liftCaseProgram.js';
import { matMulCaseProgram } from './matMulCaseProgram.js';
import { trainingCaseProgram } from './trainingCaseProgram.js';

const builders: { readonly [K in TaskKind]: (task: TaskOf<K>) => CaseProgram } = {
  training: trainingCaseProgram,
  lift: liftCaseProgram,
  matMul: matMulCaseProgram,
  layer: layerCaseProgram,
  convolution: convolutionCaseProgram,
  inference: inferenceCaseProgram,
  compile: compileCaseProgram,
  convergence: convergenceCaseProgram,
};

/** Draws the numbers of a case and builds its program. */
export function openCase({ name, task }: Pick<BenchCase, 'name' | 'task'>): OpenedCase {
  return { name, task, ...buildProgram(task) };
}

function buildProgram<K extends TaskKind>(task: TaskOf<K>): CaseProgram {
  return (builders[task.kind] as (task: TaskOf<K>) => CaseProgram)(task);
}
