import type { LayerName } from '@polyneuron/kernels';

export interface LargeLayer {
  readonly config: object;
  readonly batch: number;
  /** Without the batch axis. */
  readonly inputShapes: readonly (readonly number[])[];
}

/**
 * Every layer at sizes where contractions fill whole tiles with remainders, and where threads share the work: 60,000
 * multiply-adds or 8192 points.
 */
export const largeLayers: { readonly [K in LayerName]: LargeLayer } = {
  quadDense: { config: { units: 17, activation: 'tanh' }, batch: 65, inputShapes: [[65]] },
  featureCross: { config: { diagScale: 0.5 }, batch: 17, inputShapes: [[65], [65]] },
  hyperDense: {
    config: { units: 5, hiddenUnits: 24, hiddenActivation: 'tanh' },
    batch: 65,
    inputShapes: [[9]],
  },
  taylor: { config: { degree: 4 }, batch: 33, inputShapes: [[65]] },
  householder: { config: { reflections: 2 }, batch: 65, inputShapes: [[129]] },
  affine: { config: { units: 64 }, batch: 17, inputShapes: [[65]] },
  dense: { config: { units: 17, activation: 'tanh' }, batch: 65, inputShapes: [[65]] },
  conv2d: {
    config: { filters: 9, kernelSize: 3, activation: 'softplus' },
    batch: 2,
    inputShapes: [[14, 13, 7]],
  },
  maxPool2d: { config: {}, batch: 5, inputShapes: [[32, 33, 9]] },
  averagePool2d: {
    config: { poolSize: 3, strides: 2, padding: 'same' },
    batch: 5,
    inputShapes: [[32, 33, 9]],
  },
  globalAveragePool2d: { config: {}, batch: 5, inputShapes: [[32, 33, 9]] },
  flatten: { config: {}, batch: 65, inputShapes: [[9, 17]] },
  reshape: { config: { targetShape: [17, 9] }, batch: 65, inputShapes: [[9, 17]] },
  activation: { config: { activation: 'tanh' }, batch: 65, inputShapes: [[129]] },
  softmax: { config: {}, batch: 65, inputShapes: [[129]] },
  dropout: { config: { rate: 0.5 }, batch: 65, inputShapes: [[129]] },
  concatenate: { config: {}, batch: 65, inputShapes: [[129], [17]] },
  add: { config: {}, batch: 65, inputShapes: [[129], [129]] },
  multiply: { config: {}, batch: 65, inputShapes: [[129], [129]] },
};
