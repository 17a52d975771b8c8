import { less, mul, select } from '@polyneuron/graph';
import type { LayerSpec } from '../../layerSpec.js';
import { singleInput } from '../checks.js';

export interface LeakyReluConfig {
  /** Slope below 0. */
  readonly alpha: number;
}

/**
 * Leaky rectifier with a slope of one's choice, where the activation of the same name has 0.2.
 *
 * y = x where x > 0, alpha x elsewhere
 *
 * Shapes   x [B, ...] → y of the shape of x
 * Numerics the derivative at 0 is alpha
 * Throws   ShapeError unless there is one input
 * Source   Maas, Hannun and Ng 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models
 */
export const leakyReluSpec: LayerSpec<LeakyReluConfig> = {
  name: 'leakyRelu',
  title: 'Leaky ReLU',
  formula: 'y = x > 0 ? x : alpha x',
  source: 'Maas, Hannun and Ng 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models',
  defaults: { alpha: 0.3 },
  samples: [
    { config: {}, inputShapes: [[4]] },
    { config: { alpha: 0.1 }, inputShapes: [[2, 3]] },
  ],
  largeSample: { config: {}, batch: 65, inputShapes: [[129]] },
  inputKind: 'sample',
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: false,
  degree: () => undefined,
  outputShape: (_, inputShapes) => singleInput('leakyRelu', inputShapes, 0),
  parameters: () => [],
  forward: ({ config: { alpha }, inputs: [x] }) => ({ output: select(less(0, x), x, mul(x, alpha)) }),
};
