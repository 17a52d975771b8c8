import type { Preparation } from '../../contenders/contender.js';
import {
  buildModel,
  disposeModel,
  readWeights,
  takeRows,
  wholeBatches,
} from '../../models/sequentialModel.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { rowsName } from '../../programs/trainingCaseProgram.js';
import { release, upload } from './columns.js';
import { createStockLayer, whyNotTrained } from './tfjsLayers.js';

/** A new model with the first weights, compiled; one batch uploaded; the loss of `trainOnBatch`; everything disposed of. */
export function startWithTfjs(opened: OpenedTask<'compile'>, backend: string): Preparation {
  const training: OpenedTask<'training'> = { ...opened, task: opened.task.training };
  const { task, check } = training;
  const reason = whyNotTrained(task, backend);
  if (reason) return { unsupported: reason };
  const batch = wholeBatches(training);
  return {
    async check() {
      const model = buildModel(training, createStockLayer);
      const rows = check.inputs[rowsName] as Int32Array;
      for (let step = 0; step < check.runs; step++) {
        const columns = upload(takeRows(training, rows.subarray(step * task.batch, (step + 1) * task.batch)));
        await model.trainOnBatch(columns.x, columns.y);
        release(columns);
      }
      const values = await readWeights(model, training);
      disposeModel(model);
      return values;
    },
    async run(runs) {
      for (let run = 0; run < runs; run++) {
        const model = buildModel(training, createStockLayer);
        const columns = upload(batch);
        // The loss is a number when it comes: the step is over.
        await model.trainOnBatch(columns.x, columns.y);
        release(columns);
        disposeModel(model);
      }
    },
    dispose: () => {},
  };
}
