import { add, div, mul, type Node, sqrt, square, sub } from '@polyneuron/graph';
import type { OptimizerConfig, OptimizerSpec } from './optimizerSpec.js';

export interface AdadeltaConfig extends OptimizerConfig {
  /** Share of both mean squares that stays, ρ. */
  readonly rho: number;
  readonly epsilon: number;
}

export const adadelta: OptimizerSpec<AdadeltaConfig> = {
  name: 'adadelta',
  aliases: ['Adadelta'],
  formula: 's ← ρ s + (1-ρ) g², d = g √(w + ε) / √(s + ε), w ← ρ w + (1-ρ) d², θ ← θ - η d',
  source: 'Zeiler 2012; tfjs-core 4.22 adadelta_optimizer.ts; keras 3.15 adadelta.py',
  differences:
    'tfjs divides by the mean square of the previous step, Keras and the paper by that of this step: the first step of tfjs is ' +
    '√(1 + (1-ρ) g²/ε) times longer. The learning rate is 1 in tfjs-layers (by name), 0.001 in tf.train.adadelta and in Keras.',
  defaults: { learningRate: 1, rho: 0.95, epsilon: 1e-7, dialect: 'tfjs' },
  kerasDefaults: { learningRate: 0.001 },
  slots: () => [
    { name: 'meanSquare', initialValue: 0 },
    { name: 'meanSquareUpdate', initialValue: 0 },
  ],
  globals: () => [],
  advanceGlobals: () => ({}),
  update({ config, learningRate, parameter, gradient, slots }) {
    const { rho, epsilon, dialect } = config;
    const average = (mean: Node, value: Node) => add(mul(mean, rho), mul(square(value), 1 - rho));
    const meanSquare = average(slots.meanSquare, gradient);
    const divisor: { readonly [K in typeof dialect]: Node } = { tfjs: slots.meanSquare, keras: meanSquare };
    const ratio = div(sqrt(add(slots.meanSquareUpdate, epsilon)), sqrt(add(divisor[dialect], epsilon)));
    const update = mul(ratio, gradient);
    return {
      parameter: sub(parameter, mul(update, learningRate)),
      slots: { meanSquare, meanSquareUpdate: average(slots.meanSquareUpdate, update) },
    };
  },
};
