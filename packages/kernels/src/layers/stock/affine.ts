import { add, matMul } from '@polyneuron/graph';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole, singleInput } from '../checks.js';

export interface AffineConfig {
  /** Outputs per position. */
  readonly units: number;
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Affine map that counts its calls in a weight that no optimizer touches.
 *
 * y = x W + b;     counter ← counter + 1, in training and in inference alike
 *
 * Shapes   x [B, ..., n], kernel [n, units], bias [units], counter [] int32 → y [B, ..., units]
 * Degree   1 in x
 * Cost     2·B·n·units flops
 * Start    kernel normal with stddev 0.05 (Keras's 'random_normal'), bias and counter 0, as in the document
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units below 1
 * Source   the Affine layer of seed 004; its counter is int64 there
 */
export const affineSpec: LayerSpec<AffineConfig> = {
  name: 'affine',
  title: 'Affine with a call counter',
  formula: 'y = x W + b\ncounter <- counter + 1',
  source: 'Affine layer of seed document 004 (Keras guide to custom layers)',
  defaults: { kernelInitializer: initializers.randomNormal, biasInitializer: initializers.zeros },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3 }, inputShapes: [[2]] },
    { config: { units: 1 }, inputShapes: [[2, 1]] },
    { config: { units: 2 }, inputShapes: [[1, 2, 3]] },
  ],
  largeSample: { config: { units: 64 }, batch: 17, inputShapes: [[65]] },
  inputKind: 'features',
  parameterFormula: 'n units + units + 1',
  parameterCount: ({ units }, [shape]) => featuresOf(shape) * units + units + 1,
  isSmooth: true,
  degree: () => 1,
  outputShape({ units }, inputShapes) {
    requireWhole('affine', 'units', units, 1);
    return [...singleInput('affine', inputShapes).slice(0, -1), units];
  },
  parameters({ units, kernelInitializer, biasInitializer }, [shape]) {
    return [
      {
        name: 'kernel',
        shape: [featuresOf(shape), units],
        role: 'kernel',
        initializer: kernelInitializer,
        fanAxes: { in: [0], out: [1] },
      },
      { name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer },
      {
        name: 'counter',
        shape: [],
        role: 'other',
        initializer: initializers.zeros,
        isTrainable: false,
        dtype: 'int32',
      },
    ];
  },
  forward({ inputs: [x], parameters: { kernel, bias, counter } }) {
    return { output: add(matMul(x, kernel), bias), updates: { counter: add(counter, 1) } };
  },
};
