import type { LayerName } from '@polyneuron/kernels';
import { layers } from '@tensorflow/tfjs-layers';
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
