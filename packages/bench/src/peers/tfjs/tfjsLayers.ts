import type { LayerName } from '@polyneuron/kernels';
import { getKernel } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { Network } from '../../programs/network.js';
import { StockFeatureCross, StockQuadDense, StockTaylor } from './stockLayers.js';

type StockLayer = layers.Layer;

interface TfjsLayer {
  /** From the record's options. */
  create(config: object): StockLayer;
  /** Kernels that training it needs beyond those that every tfjs backend has. */
  readonly trainingKernels?: readonly string[];
}

/** The layers of step cases in stock tfjs, by the name of their record. */
export const tfjsLayers: { readonly [K in LayerName]?: TfjsLayer } = {
  dense: { create: (config) => layers.dense(config as Parameters<typeof layers.dense>[0]) },
  conv2d: {
    create: (config) => layers.conv2d(config as Parameters<typeof layers.conv2d>[0]),
    trainingKernels: ['Conv2DBackpropFilter'],
  },
  maxPool2d: {
    create: (config) => layers.maxPooling2d(config as Parameters<typeof layers.maxPooling2d>[0]),
    trainingKernels: ['MaxPoolGrad'],
  },
  flatten: { create: () => layers.flatten() },
  activation: {
    create: (config) => layers.activation(config as Parameters<typeof layers.activation>[0]),
  },
  quadDense: {
    create: (config) => new StockQuadDense(config as ConstructorParameters<typeof StockQuadDense>[0]),
  },
  featureCross: { create: () => new StockFeatureCross() },
  taylor: { create: (config) => new StockTaylor(config as { readonly degree?: number }) },
};

/** The stock form of a layer that `whyNotPredicted` has no objection to. */
export function createStockLayer(name: LayerName, config: object): StockLayer {
  return (tfjsLayers[name] as TfjsLayer).create(config);
}

/** Layers of a network that have no stock form; undefined where all have one. */
export function whyNotPredicted({ layers: planned }: Network): string | undefined {
  const strangers = planned.filter(({ layer }) => !tfjsLayers[layer]);
  return strangers.length > 0
    ? `no stock tfjs form of ${strangers.map(({ layer }) => layer).join(', ')} is written here`
    : undefined;
}

/** The same for training, which also takes kernels that not every backend has. */
export function whyNotTrained(network: Network, backend: string): string | undefined {
  const kernels = network.layers.flatMap(({ layer }) => tfjsLayers[layer]?.trainingKernels ?? []);
  return whyNotPredicted(network) ?? whyWithoutKernels(kernels, backend);
}

export function whyWithoutKernels(kernels: readonly string[], backend: string): string | undefined {
  const lacking = [...new Set(kernels)].filter((kernel) => !getKernel(kernel, backend));
  return lacking.length > 0
    ? `stock tfjs has no kernel ${lacking.join(', ')} on backend '${backend}'`
    : undefined;
}
