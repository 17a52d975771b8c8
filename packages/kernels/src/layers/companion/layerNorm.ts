import { add, mul } from '@polyneuron/graph';
import { initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requirePositive, singleInput } from '../checks.js';
import { standardize } from './normalize.js';

export interface LayerNormConfig {
  /** Added to the variance; above 0. */
  readonly epsilon: number;
  /** Multiply by the trainable gamma, which starts at 1. */
  readonly scale: boolean;
  /** Add the trainable beta, which starts at 0. */
  readonly center: boolean;
}

/**
 * Layer normalisation of the last axis.
 *
 * y = gamma ⊙ (x - mean(x)) / √(variance(x) + epsilon) + beta
 *
 * Shapes   x [B, ..., n], gamma [n], beta [n] → y of the shape of x
 * Cost     about 7·B·n flops
 * Start    gamma = 1, beta = 0: outputs of mean 0 and variance 1
 * Numerics the variance is taken after the mean: no cancellation for inputs far from 0. Finite with all derivatives
 *          where all features are equal, where y is beta. One feature alone always gives beta.
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError unless epsilon is above 0
 * Source   Ba, Kiros and Hinton 2016, Layer Normalization, Eq. (3); epsilon of Keras and tfjs (torch has 1e-5)
 *
 * @example
 * // [1, 3]: mean 2, variance 1, y = [-1, 1] up to epsilon
 */
export const layerNormSpec: LayerSpec<LayerNormConfig> = {
  name: 'layerNorm',
  title: 'Layer normalization',
  formula: 'y = gamma * (x - mean(x)) / sqrt(variance(x) + epsilon) + beta',
  source: 'Ba, Kiros and Hinton 2016, Layer Normalization',
  defaults: { epsilon: 1e-3, scale: true, center: true },
  samples: [
    { config: {}, inputShapes: [[8]] },
    { config: { scale: false, epsilon: 0.1 }, inputShapes: [[2, 3]] },
    { config: { center: false, epsilon: 0.1 }, inputShapes: [[2, 1, 3]] },
    { config: { epsilon: 0.1 }, inputShapes: [[1]] },
  ],
  largeSample: { config: {}, batch: 65, inputShapes: [[129]] },
  inputKind: 'features',
  starts: { calibrated: {} },
  parameterFormula: '2 n',
  parameterCount: ({ scale, center }, [shape]) => ((scale ? 1 : 0) + (center ? 1 : 0)) * featuresOf(shape),
  isSmooth: true,
  degree: () => undefined,
  outputShape({ epsilon }, inputShapes) {
    requirePositive('layerNorm', 'epsilon', epsilon);
    return singleInput('layerNorm', inputShapes);
  },
  parameters: (config, [shape]) => scaleAndCenter(config, featuresOf(shape)),
  forward({ config: { epsilon, scale, center }, inputs: [x], parameters: { gamma, beta } }) {
    const standard = standardize(x, -1, epsilon);
    const scaled = scale ? mul(standard, gamma) : standard;
    return { output: center ? add(scaled, beta) : scaled };
  },
};

/** gamma and beta, as far as a normalising layer has them. */
export function scaleAndCenter(
  { scale, center }: Pick<LayerNormConfig, 'scale' | 'center'>,
  features: number,
): ParameterSpec[] {
  const gamma: ParameterSpec = {
    name: 'gamma',
    shape: [features],
    role: 'other',
    initializer: initializers.ones,
  };
  const beta: ParameterSpec = { ...gamma, name: 'beta', initializer: initializers.zeros };
  return [...(scale ? [gamma] : []), ...(center ? [beta] : [])];
}
