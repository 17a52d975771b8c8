import { abs, add, div, max, mul, sub } from '@polyneuron/graph';
import type { AdamConfig } from './adam.js';
import type { OptimizerSpec } from './optimizerSpec.js';

export interface AdamaxConfig extends AdamConfig {
  /** The learning rate is divided by 1 + decay · finished steps. */
  readonly decay: number;
}

export const adamax: OptimizerSpec<AdamaxConfig> = {
  name: 'adamax',
  aliases: ['Adamax'],
  formula: 'm ← β₁ m + (1-β₁) g, u ← max(β₂ u, |g|), θ ← θ - η / (1-β₁^t) · m / (u + ε)',
  source: 'Kingma & Ba 2014, section 7.1; tfjs-core 4.22 adamax_optimizer.ts; keras 3.15 adamax.py',
  differences: 'The learning rate is 0.002 in tfjs and 0.001 in Keras, which has no decay.',
  defaults: { learningRate: 0.002, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0, dialect: 'tfjs' },
  kerasDefaults: { learningRate: 0.001 },
  slots: () => [
    { name: 'm', initialValue: 0 },
    { name: 'u', initialValue: 0 },
  ],
  globals: ({ beta1 }) => [{ name: 'beta1Power', initialValue: beta1 }],
  advanceGlobals: ({ beta1 }, { beta1Power }) => ({ beta1Power: mul(beta1Power, beta1) }),
  update({ config, learningRate, step, parameter, gradient, slots, globals }) {
    const { beta1, beta2, epsilon, decay } = config;
    const m = add(mul(slots.m, beta1), mul(gradient, 1 - beta1));
    const u = max(mul(slots.u, beta2), abs(gradient));
    const rate = decay === 0 ? learningRate : div(learningRate, add(mul(sub(step, 1), decay), 1));
    const change = mul(div(rate, sub(1, globals.beta1Power)), div(m, add(u, epsilon)));
    return { parameter: sub(parameter, change), slots: { m, u } };
  },
};
