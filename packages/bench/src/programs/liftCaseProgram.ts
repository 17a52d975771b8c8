import { createLiftWeights, liftStep } from '@polyneuron/kernels';
import type { LiftTask } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { compulsoryBytes } from './compulsoryBytes.js';
import { flopsOf } from './counter.js';
import { repeatCyclically } from './repeatRows.js';
import { interpretTraining, trainingTolerance } from './values.js';

const seed = 1;
const checkedSteps = 4;
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
    oneRun: { kind: 'execution' },
    flops: flopsOf(program),
    bytes: compulsoryBytes(program),
    state: weights,
    inputs: (runs) => ({ x: xs(runs), y: ys(runs) }),
    check: {
      runs: checkedSteps,
      inputs: { x: xs(checkedSteps), y: ys(checkedSteps) },
      names,
      tolerance: trainingTolerance,
      reference: () => {
        const samples = Array.from({ length: checkedSteps }, (_, at) => ({
          x: x.subarray(at * features, (at + 1) * features),
          y: y.subarray(at, at + 1),
        }));
        return interpretTraining(program, weights, samples, names);
      },
    },
  };
}
