import { add, div, mul, type Node, sqrt, square, sub } from '@polyneuron/graph';
import type { OptimizerConfig, OptimizerSpec, UpdateContext, UpdateResult } from './optimizerSpec.js';

export interface AdamConfig extends OptimizerConfig {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

const zeroSlots = [
  { name: 'm', initialValue: 0 },
  { name: 'v', initialValue: 0 },
];

/** beta1^t and beta2^t at step t, advanced by a float32 product as in tfjs, not by a power. */
const powers = ({ beta1, beta2 }: AdamConfig) => [
  { name: 'beta1Power', initialValue: beta1 },
  { name: 'beta2Power', initialValue: beta2 },
];

const advancePowers = (
  { beta1, beta2 }: AdamConfig,
  { beta1Power, beta2Power }: Readonly<Record<string, Node>>,
) => ({
  beta1Power: mul(beta1Power, beta1),
  beta2Power: mul(beta2Power, beta2),
});

const epsilonDifference =
  'tfjs adds ε to the corrected √v̂, as the paper and torch do; Keras adds it to √v before the correction, which weighs ε by ' +
  '1/√(1-β₂^t): up to 32 times more in the first step.';

function adamUpdate({
  config,
  learningRate,
  parameter,
  gradient,
  slots,
  globals,
}: UpdateContext<AdamConfig>): UpdateResult {
  const { beta1, beta2, epsilon, dialect } = config;
  const m = add(mul(slots.m, beta1), mul(gradient, 1 - beta1));
  const v = add(mul(slots.v, beta2), mul(square(gradient), 1 - beta2));
  const rest1 = sub(1, globals.beta1Power);
  const rest2 = sub(1, globals.beta2Power);
  const steps: { readonly [K in typeof dialect]: () => Node } = {
    tfjs: () => mul(div(div(m, rest1), add(sqrt(div(v, rest2)), epsilon)), learningRate),
    keras: () => div(mul(m, div(mul(learningRate, sqrt(rest2)), rest1)), add(sqrt(v), epsilon)),
  };
  return { parameter: sub(parameter, steps[dialect]()), slots: { m, v } };
}

export const adam: OptimizerSpec<AdamConfig> = {
  name: 'adam',
  aliases: ['Adam'],
  formula:
    'm ← β₁ m + (1-β₁) g, v ← β₂ v + (1-β₂) g², θ ← θ - η m̂ / (√v̂ + ε) with m̂ = m / (1-β₁^t), v̂ = v / (1-β₂^t)',
  source: 'Kingma & Ba 2014; tfjs-core 4.22 adam_optimizer.ts; keras 3.15 adam.py',
  differences: epsilonDifference,
  defaults: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, dialect: 'tfjs' },
  slots: () => zeroSlots,
  globals: powers,
  advanceGlobals: advancePowers,
  update: adamUpdate,
};

export interface AdamWConfig extends AdamConfig {
  /** Share of the parameter that is taken away per unit of learning rate, λ. */
  readonly weightDecay: number;
}

export const adamW: OptimizerSpec<AdamWConfig> = {
  name: 'adamW',
  aliases: ['adamw', 'AdamW'],
  formula: 'θ ← θ - η λ θ, then adam',
  source: 'Loshchilov & Hutter 2017; keras 3.15 adamw.py',
  differences: `tfjs has no AdamW; the decay is that of Keras and torch in both dialects. ${epsilonDifference}`,
  defaults: { ...adam.defaults, weightDecay: 0.004 },
  slots: () => zeroSlots,
  globals: powers,
  advanceGlobals: advancePowers,
  update: adamUpdate,
  weightDecay: ({ weightDecay }) => weightDecay,
};
