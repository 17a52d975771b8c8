import { type ActivationName, activation } from '../../activations/activations.js';
import type { LayerSpec } from '../../layerSpec.js';
import { singleInput } from '../checks.js';

export interface ActivationConfig {
  readonly activation: ActivationName;
}

/**
 * An activation as a layer of its own.
 *
 * y = activation(x): elementwise, except softmax and logSoftmax, which act on the last axis
 *
 * Shapes   x [B, ...] → y of the shape of x
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on an unknown activation
 */
export const activationSpec: LayerSpec<ActivationConfig> = {
  name: 'activation',
  title: 'Activation',
  formula: 'y = activation(x)',
  source: 'Keras Activation',
  defaults: {},
  required: { activation: 'name of the function' },
  samples: [
    { config: { activation: 'tanh' }, inputShapes: [[3]] },
    { config: { activation: 'linear' }, inputShapes: [[1]] },
    { config: { activation: 'softmax' }, inputShapes: [[2, 3]] },
  ],
  largeSample: { config: { activation: 'tanh' }, batch: 65, inputShapes: [[129]] },
  inputKind: 'features',
  parameterFormula: '0',
  parameterCount: () => 0,
  isSmooth: true,
  degree: (config) => (activation(config.activation).name === 'linear' ? 1 : undefined),
  outputShape(config, inputShapes) {
    activation(config.activation);
    return singleInput('activation', inputShapes);
  },
  parameters: () => [],
  forward: ({ config, inputs: [x] }) => ({ output: activation(config.activation).apply(x) }),
};
