import { InternalError, interpret } from '@polyneuron/graph';
import type { ConvergenceTask } from '../cases/benchCase.js';
import type { CaseProgram, ReferenceValues } from './caseProgram.js';
import { trainingCaseProgram } from './trainingCaseProgram.js';
import { fullState, trainingTolerance } from './values.js';

/** Name of the output that has to fall. */
export const lossName = 'loss';

/** A training on one fixed batch until its loss is below the goal. */
export function convergenceCaseProgram(task: ConvergenceTask): CaseProgram {
  const { training, goal, stride, mostSteps } = task;
  const opened = trainingCaseProgram(training);
  return {
    ...opened,
    oneRun: { kind: 'goal', output: lossName, below: goal, stride, most: mostSteps },
    flops: 0,
    check: {
      runs: 1,
      inputs: opened.inputs(1),
      names: [lossName],
      tolerance: trainingTolerance,
      reference: () => ({ [lossName]: interpretUntil(opened, task) }),
    },
  };
}

/**
 * Losses after each stride, in float64. Their number says how many steps it took, which a contender must agree with; an error
 * is measured against the last and smallest.
 */
function interpretUntil(
  { program, state: first, inputs }: CaseProgram,
  { goal, stride, mostSteps }: ConvergenceTask,
): ReferenceValues {
  const rows = inputs(1);
  const losses: number[] = [];
  let state: Readonly<Record<string, ArrayLike<number>>> = fullState(program, first);
  for (let step = 1; step <= mostSteps; step++) {
    const { outputs, state: next } = interpret(program, { inputs: rows, state });
    state = next;
    if (step % stride !== 0) continue;
    const [loss] = outputs[lossName];
    losses.push(loss);
    if (loss < goal) return { values: Float64Array.from(losses), scale: loss };
  }
  throw new InternalError(`no loss below ${goal} in ${mostSteps} steps: ${losses.at(-1)}`);
}
