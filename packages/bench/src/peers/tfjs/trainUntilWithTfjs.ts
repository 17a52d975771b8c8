import type { Preparation } from '../../contenders/contender.js';
import { reachGoal } from '../../contenders/reachGoal.js';
import {
  buildModel,
  compileModel,
  disposeModel,
  resetWeights,
  wholeBatches,
} from '../../models/sequentialModel.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { lossName } from '../../programs/convergenceCaseProgram.js';
import { release, upload } from './columns.js';
import { createStockLayer, whyNotTrained } from './tfjsLayers.js';

/** `model.fit` for `stride` epochs of one batch, again until the loss that it reports is below the goal. */
export function trainUntilWithTfjs(opened: OpenedTask<'convergence'>, backend: string): Preparation {
  const { goal, stride, mostSteps, training: task } = opened.task;
  const training: OpenedTask<'training'> = { ...opened, task };
  const reason = whyNotTrained(task, backend);
  if (reason) return { unsupported: reason };
  const model = buildModel(training, createStockLayer);
  const { x, y } = upload(wholeBatches(training));
  const fit = async () => {
    const { history } = await model.fit(x, y, {
      batchSize: task.batch,
      epochs: stride,
      shuffle: false,
      verbose: 0,
      yieldEvery: 'never',
    });
    return history.loss[stride - 1] as number;
  };
  const train = () => {
    resetWeights(model, training);
    compileModel(model, task);
    return reachGoal({ below: goal, stride, most: mostSteps }, fit);
  };
  return {
    check: async () => ({ [lossName]: await train() }),
    async run(runs) {
      for (let run = 0; run < runs; run++) await train();
    },
    dispose() {
      release({ x, y });
      disposeModel(model);
    },
  };
}
