import { add, mul, neg, sub } from '@polyneuron/graph';
import type { OptimizerConfig, OptimizerSpec } from './optimizerSpec.js';

export type SgdConfig = OptimizerConfig;

export const sgd: OptimizerSpec<SgdConfig> = {
  name: 'sgd',
  aliases: ['SGD'],
  formula: 'θ ← θ - η g',
  source: 'Robbins & Monro 1951; tfjs-core 4.22 sgd_optimizer.ts',
  defaults: { learningRate: 0.01, dialect: 'tfjs' },
  slots: () => [],
  globals: () => [],
  advanceGlobals: () => ({}),
  update: ({ learningRate, parameter, gradient }) => ({
    parameter: sub(parameter, mul(gradient, learningRate)),
    slots: {},
  }),
};

export interface MomentumConfig extends OptimizerConfig {
  /** Share of the velocity that stays, m. */
  readonly momentum: number;
  readonly useNesterov: boolean;
}

export const momentum: OptimizerSpec<MomentumConfig> = {
  name: 'momentum',
  aliases: ['Momentum'],
  formula: 'a ← m a + g, θ ← θ - η a; with Nesterov θ ← θ - η (g + m a)',
  source: 'Polyak 1964; Nesterov 1983 as in Sutskever et al. 2013; tfjs-core 4.22 momentum_optimizer.ts',
  differences:
    'tfjs accumulates gradients, Keras (SGD with momentum) accumulates steps: v ← m v - η g. Equal while η stays; when η ' +
    'changes, Keras keeps the old η in the steps accumulated so far.',
  defaults: { learningRate: 0.01, momentum: 0.9, useNesterov: false, dialect: 'tfjs' },
  slots: () => [{ name: 'momentum', initialValue: 0 }],
  globals: () => [],
  advanceGlobals: () => ({}),
  update({ config, learningRate, parameter, gradient, slots }) {
    const kept = mul(slots.momentum, config.momentum);
    // In Keras the slot holds -η a, so its step is added as it is.
    const isKeras = config.dialect === 'keras';
    const push = isKeras ? neg(mul(gradient, learningRate)) : gradient;
    const velocity = add(kept, push);
    const direction = config.useNesterov ? add(push, mul(velocity, config.momentum)) : velocity;
    const next = isKeras ? add(parameter, direction) : sub(parameter, mul(direction, learningRate));
    return { parameter: next, slots: { momentum: velocity } };
  },
};
