import type { Preparation } from '../../contenders/contender.js';
import {
  buildModel,
  disposeModel,
  readWeights,
  stepsPerEpoch,
  takeRows,
  wholeBatches,
} from '../../models/sequentialModel.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { rowsName } from '../../programs/trainingCaseProgram.js';
import { type Columns, release, upload } from './columns.js';
import { createStockLayer, whyNotTrained } from './tfjsLayers.js';

/** A call of `fit` sets up callbacks and standardises the data once: a small share of this. */
const fitTimingMs = 50;

/**
 * A sequential tfjs model under `model.fit`, data on the device, in file order, no callbacks, never yielding: the
 * fastest that stock tfjs trains. Runs come in whole epochs, because that is what fit counts in.
 */
export function trainWithFit(opened: OpenedTask<'training'>, backend: string): Preparation {
  const { task, check } = opened;
  const reason = whyNotTrained(task, backend);
  if (reason) return { unsupported: reason };
  const model = buildModel(opened, createStockLayer);
  const epoch = stepsPerEpoch(opened);
  const all = upload(wholeBatches(opened));
  const fit = async ({ x, y }: Columns, epochs: number) => {
    await model.fit(x, y, {
      batchSize: task.batch,
      epochs,
      shuffle: false,
      verbose: 0,
      yieldEvery: 'never',
    });
  };
  return {
    granularity: epoch,
    minimumTimingMs: fitTimingMs,
    async check() {
      const checked = upload(takeRows(opened, check.inputs[rowsName] as Int32Array));
      await fit(checked, 1);
      release(checked);
      return readWeights(model, opened);
    },
    // fit reads the losses back, so the steps are over when it returns.
    run: (runs) => fit(all, runs / epoch),
    dispose() {
      release(all);
      disposeModel(model);
    },
  };
}
