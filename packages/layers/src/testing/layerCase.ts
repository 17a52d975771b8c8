import { formatShape, sizeOf } from '@polyneuron/graph';
import { inputName, type LayerSample, parameterName } from '@polyneuron/kernels';
import { testRandom } from '@polyneuron/testing';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { input, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { LayerArguments } from '../layerArguments.js';
import type { SpecLayer } from '../specLayer.js';

/** Makes a layer from a record's options, as its factory does. */
export type LayerFactory = (options: LayerArguments<object>) => SpecLayer;

/** A model of one layer on the inputs of one of its record's samples, its weights drawn away from special starts. */
export interface LayerCase {
  readonly layer: SpecLayer;
  readonly model: LayersModel;
  readonly sample: LayerSample<object>;
  /** Random inputs for `batch` samples, new tensors at every call. */
  feed(batch: number): Tensor[];
}

export function describeSample({ config, inputShapes }: LayerSample<object>): string {
  return `${JSON.stringify(config)} on ${inputShapes.map(formatShape).join(' and ')}`;
}

export function layerCase(
  factory: LayerFactory,
  sample: LayerSample<object>,
  options: LayerArguments<object> = {},
): LayerCase {
  const layer = factory({ name: 'subject', seed: 7, ...sample.config, ...options });
  const inputs = sample.inputShapes.map((shape) => input({ shape: [...shape] }));
  const outputs = layer.apply(inputs.length === 1 ? inputs[0] : inputs) as SymbolicTensor;
  return {
    layer,
    model: model({ inputs, outputs }),
    sample,
    feed: (batch) =>
      sample.inputShapes.map((shape, at) => {
        const full = [batch, ...shape];
        return tensor(Float32Array.from(testRandom(at + 1).normals(sizeOf(full))), full, 'float32');
      }),
  };
}

/** Replaces trainable weights by draws of order 1/2, so that no kernel is zero by its start. */
export function scatterWeights(layer: SpecLayer): void {
  layer.parameters.forEach(({ spec, variable }, at) => {
    if (spec.isTrainable === false) return;
    const values = testRandom(100 + at)
      .normals(sizeOf(spec.shape))
      .map((value) => value / 2);
    const next = tensor(Float32Array.from(values), [...spec.shape], 'float32');
    variable.write(next);
    next.dispose();
  });
}

/** Values of inputs and parameters under the names that the record's program gives them. */
export function bindings(layer: SpecLayer, inputs: readonly Tensor[]): Record<string, ArrayLike<number>> {
  return {
    ...Object.fromEntries(inputs.map((x, at) => [inputName(at), x.dataSync()])),
    ...Object.fromEntries(
      layer.parameters.map(({ spec, variable }) => [parameterName(spec.name), variable.read().dataSync()]),
    ),
  };
}

/** As `call`, `apply` and `predict` take them. */
export function oneOrAll<T>(list: T[]): T | T[] {
  return list.length === 1 ? list[0] : list;
}
