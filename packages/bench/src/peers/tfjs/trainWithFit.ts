import { getKernel, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { TrainingTask } from '../../cases/benchCase.js';
import type { Preparation } from '../../contenders/contender.js';
import {
  buildModel,
  disposeModel,
  type HostRows,
  readWeights,
  stepsPerEpoch,
  takeRows,
  wholeBatches,
} from '../../models/sequentialModel.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { rowsName } from '../../programs/trainingCaseProgram.js';
import { tfjsLayers } from './tfjsLayers.js';

/** A call of `fit` sets up callbacks and standardises the data once: a small share of this. */
const fitTimingMs = 50;

/**
 * A sequential tfjs model under `model.fit`, data on the device, in file order, no callbacks, never yielding: the
 * fastest that stock tfjs trains. Runs come in whole epochs, because that is what fit counts in.
 */
export function trainWithFit(opened: OpenedTask<'training'>, backend: string): Preparation {
  const { task, check } = opened;
  const reason = whyUnsupported(task, backend);
  if (reason) return { unsupported: reason };
  const model = buildModel(opened, (name, config) => tfjsLayers[name]?.create(config) as layers.Layer);
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

interface Columns {
  readonly x: Tensor;
  readonly y: Tensor;
}

function upload({ x, y }: HostRows): Columns {
  return { x: tensor(x.data, [...x.shape], 'float32'), y: tensor(y.data, [...y.shape], 'float32') };
}

function release({ x, y }: Columns): void {
  x.dispose();
  y.dispose();
}

function whyUnsupported(task: TrainingTask, backend: string): string | undefined {
  const strangers = task.layers.filter(({ layer }) => !tfjsLayers[layer]);
  if (strangers.length > 0)
    return `no stock tfjs form of ${strangers.map(({ layer }) => layer).join(', ')} is written here`;
  const kernels = task.layers.flatMap(({ layer }) => tfjsLayers[layer]?.trainingKernels ?? []);
  const lacking = [...new Set(kernels)].filter((kernel) => !getKernel(kernel, backend));
  return lacking.length > 0
    ? `stock tfjs has no kernel ${lacking.join(', ')} on backend '${backend}'`
    : undefined;
}
