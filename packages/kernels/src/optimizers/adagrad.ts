import { add, div, mul, sqrt, square, sub } from '@polyneuron/graph';
import type { OptimizerConfig, OptimizerSpec } from './optimizerSpec.js';

export interface AdagradConfig extends OptimizerConfig {
  readonly initialAccumulatorValue: number;
  readonly epsilon: number;
}

export const adagrad: OptimizerSpec<AdagradConfig> = {
  name: 'adagrad',
  aliases: ['Adagrad'],
  formula: 's ← s + g², θ ← θ - η g / √(s + ε), s starting at initialAccumulatorValue',
  source: 'Duchi et al. 2011; tfjs-core 4.22 adagrad_optimizer.ts; keras 3.15 adagrad.py',
  differences:
    'One formula; the learning rate is 0.01 in tfjs-layers (by name) and 0.001 in Keras. tfjs fixes ε at 1e-7.',
  defaults: { learningRate: 0.01, initialAccumulatorValue: 0.1, epsilon: 1e-7, dialect: 'tfjs' },
  kerasDefaults: { learningRate: 0.001 },
  slots: ({ initialAccumulatorValue }) => [{ name: 'accumulator', initialValue: initialAccumulatorValue }],
  globals: () => [],
  advanceGlobals: () => ({}),
  update({ config, learningRate, parameter, gradient, slots }) {
    const accumulator = add(slots.accumulator, square(gradient));
    const direction = div(gradient, sqrt(add(accumulator, config.epsilon)));
    return { parameter: sub(parameter, mul(direction, learningRate)), slots: { accumulator } };
  },
};
