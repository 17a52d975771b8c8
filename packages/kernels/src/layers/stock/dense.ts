import { add, matMul } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole, singleInput } from '../checks.js';

export interface DenseConfig {
  /** Outputs per position. */
  readonly units: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Fully connected layer: an affine map of the last axis, then an activation.
 *
 * y = activation(x W + b)
 *
 * Shapes   x [B, ..., n], W [n, units], b [units] → y [B, ..., units]
 * Degree   1 in x
 * Cost     2·B·n·units flops
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units below 1
 * Source   Rosenblatt 1958 for one unit; Keras `Dense`
 *
 * @example
 * layerProgram(denseSpec, { units: 4 }, { batch: 2, inputShapes: [[3]] }) // x0 [2, 3] => y [2, 4]
 */
export const denseSpec: LayerSpec<DenseConfig> = {
  name: 'dense',
  title: 'Dense',
  formula: 'y = activation(x W + b)',
  source: 'Rosenblatt 1958 (one unit); Keras Dense',
  defaults: {
    activation: 'linear',
    useBias: true,
    kernelInitializer: initializers.glorotUniform,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3 }, inputShapes: [[4]] },
    { config: { units: 1, activation: 'tanh' }, inputShapes: [[1]] },
    { config: { units: 2, useBias: false, activation: 'softplus' }, inputShapes: [[2, 3]] },
    { config: { units: 2, activation: 'sigmoid' }, inputShapes: [[2, 1, 3]] },
  ],
  largeSample: { config: { units: 17, activation: 'tanh' }, batch: 65, inputShapes: [[65]] },
  inputKind: 'features',
  parameterFormula: 'n units + units',
  parameterCount: ({ units, useBias }, [shape]) => (featuresOf(shape) + (useBias ? 1 : 0)) * units,
  isSmooth: true,
  degree: () => 1,
  outputShape({ units }, inputShapes) {
    requireWhole('dense', 'units', units, 1);
    return [...singleInput('dense', inputShapes).slice(0, -1), units];
  },
  parameters({ units, useBias, kernelInitializer, biasInitializer }, [shape]) {
    return [
      {
        name: 'kernel',
        shape: [featuresOf(shape), units],
        role: 'kernel',
        initializer: kernelInitializer,
        fanAxes: { in: [0], out: [1] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: { kernel, bias } }) {
    const linear = matMul(x, kernel);
    return { output: activation(config.activation).apply(config.useBias ? add(linear, bias) : linear) };
  },
};
