import type { TensorMap } from '@polyneuron/backend';
import { type Shape, sizeOf } from '@polyneuron/graph';
import {
  getKernel,
  type Tensor,
  type Optimizer as TfjsOptimizer,
  tensor,
  train,
} from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import type { PlannedOptimizerName, TrainingTask } from '../../cases/benchCase.js';
import type { Preparation } from '../../contenders/contender.js';
import { plannedParameters, rowsName, weightName, xName, yName } from '../../programs/trainingCaseProgram.js';
import type { OpenedTask } from './tfjsContender.js';
import { tfjsLayers } from './tfjsLayers.js';

const optimizers: { readonly [K in PlannedOptimizerName]: (learningRate: number) => TfjsOptimizer } = {
  sgd: (rate) => train.sgd(rate),
  adam: (rate) => train.adam(rate),
  adagrad: (rate) => train.adagrad(rate),
};

/**
 * A sequential tfjs model under `model.fit`, data on the device, in file order, no callbacks, never yielding: the
 * fastest that stock tfjs trains. Runs come in whole epochs, because that is what fit counts in.
 */
export function trainWithFit(opened: OpenedTask<'training'>, backend: string): Preparation {
  const { task, state, check, program } = opened;
  const reason = whyUnsupported(task, backend);
  if (reason) return { unsupported: reason };
  const columnOf = (name: string): HostColumn => ({
    values: state[name] as Float32Array,
    shape: program.state[name].shape,
  });
  const data = { x: columnOf(xName), y: columnOf(yName) };
  const [samples, ...sampleShape] = data.x.shape;
  const model = buildModel(task, sampleShape, state);
  const stepsPerEpoch = Math.floor(samples / task.batch);
  const rowCount = stepsPerEpoch * task.batch;
  const all = takeRows(
    data,
    Int32Array.from({ length: rowCount }, (_, row) => row),
  );
  const fit = async (x: Tensor, y: Tensor, epochs: number) => {
    await model.fit(x, y, {
      batchSize: task.batch,
      epochs,
      shuffle: false,
      verbose: 0,
      yieldEvery: 'never',
    });
  };
  return {
    granularity: stepsPerEpoch,
    async check() {
      const { x, y } = takeRows(data, check.inputs[rowsName] as Int32Array);
      await fit(x, y, 1);
      x.dispose();
      y.dispose();
      return readWeights(model, task, sampleShape);
    },
    // fit reads the losses back, so the steps are over when it returns.
    run: (runs) => fit(all.x, all.y, runs / stepsPerEpoch),
    dispose() {
      all.x.dispose();
      all.y.dispose();
      model.dispose();
      (model.optimizer as TfjsOptimizer | undefined)?.dispose();
    },
  };
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

function buildModel(task: TrainingTask, sampleShape: readonly number[], state: TensorMap): Sequential {
  const model = sequential();
  model.add(layers.inputLayer({ inputShape: [...sampleShape] }));
  const planned = plannedParameters(task, sampleShape);
  task.layers.forEach(({ layer: name, config }, at) => {
    const created = tfjsLayers[name]?.create(config) as layers.Layer;
    model.add(created);
    const weights = planned[at].parameters.map((parameter) =>
      tensor(state[weightName(at, parameter.name)] as Float32Array, [...parameter.shape]),
    );
    created.setWeights(weights);
    for (const weight of weights) weight.dispose();
  });
  const { name, learningRate } = task.optimizer;
  model.compile({ optimizer: optimizers[name](learningRate), loss: task.loss });
  return model;
}

async function readWeights(
  model: Sequential,
  task: TrainingTask,
  sampleShape: readonly number[],
): Promise<Record<string, Float32Array>> {
  const values: Record<string, Float32Array> = {};
  // The first tfjs layer is the input layer only in functional models: a Sequential does not list it.
  const created = model.layers.filter((one) => one.getClassName() !== 'InputLayer');
  for (const [at, { parameters }] of plannedParameters(task, sampleShape).entries()) {
    const weights = created[at].getWeights();
    for (const [index, { name }] of parameters.entries())
      values[weightName(at, name)] = (await weights[index].data()) as Float32Array;
  }
  return values;
}

interface HostColumn {
  readonly values: Float32Array;
  /** Samples first. */
  readonly shape: Shape;
}

/** Rows of both columns as tensors on the active backend. */
function takeRows(
  { x, y }: { readonly x: HostColumn; readonly y: HostColumn },
  rows: Int32Array,
): { readonly x: Tensor; readonly y: Tensor } {
  return { x: rowsOf(x, rows), y: rowsOf(y, rows) };
}

function rowsOf({ values, shape: [, ...shape] }: HostColumn, rows: Int32Array): Tensor {
  const size = sizeOf(shape);
  const taken = new Float32Array(rows.length * size);
  rows.forEach((row, at) => {
    taken.set(values.subarray(row * size, (row + 1) * size), at * size);
  });
  return tensor(taken, [rows.length, ...shape], 'float32');
}
