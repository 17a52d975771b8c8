/** @file A planned network as a tfjs model with the case's first weights, whoever's layers it is made of. */
import type { TensorMap } from '@polyneuron/backend';
import { type Shape, sizeOf } from '@polyneuron/graph';
import { type LayerName, optimizers as records } from '@polyneuron/kernels';
import { type Optimizer, tensor, train } from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import type { PlannedOptimizerName, TrainingTask } from '../cases/benchCase.js';
import type { OpenedTask } from '../programs/caseProgram.js';
import { type Network, plannedParameters, weightName } from '../programs/network.js';
import { xName, yName } from '../programs/trainingCaseProgram.js';

/** Makes a layer from the options of its record; its weights are those of the record, in the same order. */
export type CreateLayer = (name: LayerName, config: object) => layers.Layer;

/** Rows in this process's memory. */
export interface HostColumn {
  readonly data: Float32Array;
  /** Samples first. */
  readonly shape: Shape;
}

export interface HostRows {
  readonly x: HostColumn;
  readonly y: HostColumn;
}

const optimizers: { readonly [K in PlannedOptimizerName]: (learningRate: number) => Optimizer } = {
  sgd: (rate) => train.sgd(rate),
  adam: createAdam,
  adagrad: (rate) => train.adagrad(rate),
};

/** The epsilon of the record, which is tfjs's own but for its WebGL backend: that takes all floats for 16-bit ones, and 1e-4. */
function createAdam(learningRate: number): Optimizer {
  const { beta1, beta2, epsilon } = records.adam.defaults;
  return train.adam(learningRate, beta1, beta2, epsilon);
}

/** A model of the network alone, which predicts and does not train. */
export function buildNetwork(
  network: Network,
  sampleShape: Shape,
  state: TensorMap,
  createLayer: CreateLayer,
): Sequential {
  const model = sequential();
  model.add(layers.inputLayer({ inputShape: [...sampleShape] }));
  const planned = plannedParameters(network, sampleShape);
  network.layers.forEach(({ layer: name, config }, at) => {
    const created = createLayer(name, config);
    model.add(created);
    setWeights(created, at, planned[at].parameters, state);
  });
  return model;
}

/** A compiled model; dispose of it with `disposeModel`. */
export function buildModel(
  { task, state, program }: OpenedTask<'training'>,
  createLayer: CreateLayer,
): Sequential {
  const model = buildNetwork(task, program.state[xName].shape.slice(1), state, createLayer);
  compileModel(model, task);
  return model;
}

/** Compiles with an optimizer of its own; one that the model had before is disposed of. */
export function compileModel(
  model: Sequential,
  { optimizer: { name, learningRate }, loss }: Pick<TrainingTask, 'optimizer' | 'loss'>,
): void {
  disposeOptimizer(model);
  model.compile({ optimizer: optimizers[name](learningRate), loss });
}

/** Puts the first weights back. */
export function resetWeights(model: Sequential, { task, state, program }: OpenedTask<'training'>): void {
  const planned = plannedParameters(task, program.state[xName].shape.slice(1));
  createdLayers(model).forEach((layer, at) => {
    setWeights(layer, at, planned[at].parameters, state);
  });
}

function setWeights(
  layer: layers.Layer,
  at: number,
  parameters: readonly { readonly name: string; readonly shape: Shape }[],
  state: TensorMap,
): void {
  const weights = parameters.map(({ name, shape }) =>
    tensor(state[weightName(at, name)] as Float32Array, [...shape]),
  );
  layer.setWeights(weights);
  for (const weight of weights) weight.dispose();
}

/** Weights under the names that the case's program gives them. */
export async function readWeights(
  model: Sequential,
  { task, program }: OpenedTask<'training'>,
): Promise<Record<string, Float32Array>> {
  const values: Record<string, Float32Array> = {};
  const created = createdLayers(model);
  for (const [at, { parameters }] of plannedParameters(task, program.state[xName].shape.slice(1)).entries()) {
    const weights = created[at].getWeights();
    for (const [index, { name }] of parameters.entries())
      values[weightName(at, name)] = (await weights[index].data()) as Float32Array;
  }
  return values;
}

/** Whether a Sequential lists its input layer depends on how it was made. */
function createdLayers(model: Sequential): layers.Layer[] {
  return model.layers.filter((one) => one.getClassName() !== 'InputLayer');
}

export function disposeModel(model: Sequential): void {
  model.dispose();
  disposeOptimizer(model);
}

/** tfjs disposes of the optimizers that it made itself, and this one was handed in. */
function disposeOptimizer(model: Sequential): void {
  (model.optimizer as Optimizer | undefined)?.dispose();
}

/** Steps that the data holds in whole batches. */
export function stepsPerEpoch({ task, program }: OpenedTask<'training'>): number {
  return Math.floor(program.state[xName].shape[0] / task.batch);
}

/** The first rows of the data, in whole batches. */
export function wholeBatches(opened: OpenedTask<'training'>): HostRows {
  const count = stepsPerEpoch(opened) * opened.task.batch;
  return takeRows(
    opened,
    Int32Array.from({ length: count }, (_, row) => row),
  );
}

/** Rows of both columns. */
export function takeRows(opened: OpenedTask<'training'>, rows: Int32Array): HostRows {
  return { x: rowsOf(opened, xName, rows), y: rowsOf(opened, yName, rows) };
}

function rowsOf({ state, program }: OpenedTask<'training'>, name: string, rows: Int32Array): HostColumn {
  const [, ...shape] = program.state[name].shape;
  const size = sizeOf(shape);
  const values = state[name] as Float32Array;
  const data = new Float32Array(rows.length * size);
  rows.forEach((row, at) => {
    data.set(values.subarray(row * size, (row + 1) * size), at * size);
  });
  return { data, shape: [rows.length, ...shape] };
}
