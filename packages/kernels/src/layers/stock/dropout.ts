import { greaterEqual, mul, ProgramError, random, select, ValueError } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { singleInput } from '../checks.js';

export interface DropoutConfig {
  /** Probability that an element is dropped, in [0, 1). */
  readonly rate: number;
}

/**
 * Inverted dropout: in training each element is 0 with probability `rate`, and the others grow to keep the mean.
 *
 * training    y = x / (1 - rate) where u >= rate, else 0;     u uniform on [0, 1), from the step's random key
 * inference   y = x
 *
 * Shapes   x [B, ...] → y of the shape of x
 * Degree   1 in x
 * Throws   ValueError unless 0 <= rate < 1; ProgramError in training without a random key
 * Source   Srivastava et al. 2014, Dropout; the inverted form of Keras and tfjs. The masks are ours: same law as tfjs,
 *          other numbers.
 */
export const dropoutSpec: LayerSpec<DropoutConfig> = {
  name: 'dropout',
  title: 'Dropout',
  formula: 'training: y = x m / (1 - rate), P(m = 1) = 1 - rate\ninference: y = x',
  source: 'Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks from Overfitting',
  defaults: {},
  required: { rate: 'probability that an element is dropped' },
  samples: [
    { config: { rate: 0.5 }, inputShapes: [[4]] },
    { config: { rate: 0 }, inputShapes: [[2, 3]] },
  ],
  largeSample: { config: { rate: 0.5 }, batch: 65, inputShapes: [[129]] },
  inputKind: 'sample',
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  usesRandom: true,
  degree: () => 1,
  outputShape({ rate }, inputShapes) {
    if (!(rate >= 0 && rate < 1)) {
      throw new ValueError({
        subject: 'dropout',
        expected: 'rate to be a number from 0 up to, but not including, 1',
        received: String(rate),
        fix: 'pass the share of elements to drop, such as rate: 0.25',
      });
    }
    return singleInput('dropout', inputShapes, 0);
  },
  parameters: () => [],
  forward({ config: { rate }, inputs: [x], isTraining, randomKey }) {
    if (!isTraining || rate === 0) return { output: x };
    if (!randomKey) {
      throw new ProgramError({
        subject: 'dropout',
        expected: 'a random key in training',
        received: 'none',
        fix: 'give forward a randomKey, int32[2] (seed, counter)',
      });
    }
    const isKept = greaterEqual(random(randomKey, x.shape), rate);
    return { output: select(isKept, mul(x, 1 / (1 - rate)), 0) };
  },
};
