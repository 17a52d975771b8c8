import { mul } from '@polyneuron/graph';
import { initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requirePositive, singleInput } from '../checks.js';
import { normalizeSquare } from './normalize.js';

export interface RmsNormConfig {
  /** Added to the mean square; above 0. */
  readonly epsilon: number;
  /** Multiply by the trainable gamma, which starts at 1. */
  readonly scale: boolean;
}

/**
 * Root mean square normalisation of the last axis: a layer norm without the mean.
 *
 * y = gamma ⊙ x / √(mean(x²) + epsilon)
 *
 * Shapes   x [B, ..., n], gamma [n] → y of the shape of x
 * Cost     about 4·B·n flops
 * Start    gamma = 1: outputs of mean square 1, whatever the scale of the input above √epsilon
 * Numerics finite with all derivatives at x = 0, where the slope is gamma / √epsilon; in float32 the squares overflow
 *          from |x| = 1.8e19 on
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError unless epsilon is above 0
 * Source   Zhang and Sennrich 2019, Root Mean Square Layer Normalization, Eq. (4); epsilon of Keras RMSNormalization
 *
 * @example
 * // [3, 4]: mean square 12.5, y = [3, 4] / 3.5355 = [0.8485, 1.1314]
 */
export const rmsNormSpec: LayerSpec<RmsNormConfig> = {
  name: 'rmsNorm',
  title: 'RMS normalization',
  formula: 'y = gamma * x / sqrt(mean(x^2) + epsilon)',
  source: 'Zhang and Sennrich 2019, Root Mean Square Layer Normalization',
  defaults: { epsilon: 1e-6, scale: true },
  samples: [
    { config: {}, inputShapes: [[8]] },
    { config: { scale: false, epsilon: 0.2 }, inputShapes: [[2, 3]] },
    { config: { epsilon: 0.1 }, inputShapes: [[2, 1, 3]] },
    { config: { epsilon: 0.1 }, inputShapes: [[1]] },
  ],
  largeSample: { config: {}, batch: 65, inputShapes: [[129]] },
  inputKind: 'features',
  starts: { calibrated: {} },
  parameterFormula: 'n',
  parameterCount: ({ scale }, [shape]) => (scale ? featuresOf(shape) : 0),
  isSmooth: true,
  degree: () => undefined,
  outputShape({ epsilon }, inputShapes) {
    requirePositive('rmsNorm', 'epsilon', epsilon);
    return singleInput('rmsNorm', inputShapes);
  },
  parameters: ({ scale }, [shape]) =>
    scale
      ? [{ name: 'gamma', shape: [featuresOf(shape)], role: 'other', initializer: initializers.ones }]
      : [],
  forward({ config, inputs: [x], parameters: { gamma } }) {
    const y = normalizeSquare(x, -1, config.epsilon);
    return { output: config.scale ? mul(y, gamma) : y };
  },
};
