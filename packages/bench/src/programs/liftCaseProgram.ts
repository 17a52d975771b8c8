import { createLiftWeights, liftStep } from '@polyneuron/kernels';
import type { LiftTask } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { flopsOf } from './counter.js';
import { repeatCyclically } from './repeatRows.js';
import { interpretRuns } from './values.js';

const seed = 1;
const checkedSteps = 4;
/**
 * RMSprop divides by the root of the mean square, so a step is about 3e-3 whatever the gradient; its relative error is
 * that of the gradient, 1e-5 at worst where residuals cancel.
 */
const tolerance = 2e-5;

/** Two-phase training of Task and Lift, one sample a run. */
export function liftCaseProgram(task: LiftTask): CaseProgram {
  const { x, y } = task.data();
  const program = liftStep();
  const weights = createLiftWeights(seed);
  const names = Object.keys(weights);
  const features = program.inputs.x.shape[1];
  const xs = repeatCyclically(x, features);
  const ys = repeatCyclically(y, 1);
  return {
    program,
    flops: flopsOf(program),
    state: weights,
    inputs: (runs) => ({ x: xs(runs), y: ys(runs) }),
    check: {
      runs: checkedSteps,
      inputs: { x: xs(checkedSteps), y: ys(checkedSteps) },
      names,
      tolerance,
      reference: () => {
        const samples = Array.from({ length: checkedSteps }, (_, at) => ({
          x: x.subarray(at * features, (at + 1) * features),
          y: y.subarray(at, at + 1),
        }));
        return interpretRuns(program, weights, samples, names);
      },
    },
  };
}
