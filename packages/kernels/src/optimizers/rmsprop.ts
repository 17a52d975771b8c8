import { add, div, mul, type Node, sqrt, square, sub } from '@polyneuron/graph';
import type { OptimizerConfig, OptimizerSpec, UpdateContext } from './optimizerSpec.js';

export interface RmspropConfig extends OptimizerConfig {
  /** Share of the mean square that stays, ρ; Keras calls it rho. */
  readonly decay: number;
  readonly momentum: number;
  readonly epsilon: number;
  /** Divide by the standard deviation instead of the root mean square. */
  readonly centered: boolean;
  /** 'inside' the square root as tfjs and Keras 3 do; 'outside' as Keras 2 did (TensorFlow up to 2.10, momentum 0). */
  readonly epsilonPlacement: 'inside' | 'outside';
}

export const rmsprop: OptimizerSpec<RmspropConfig> = {
  name: 'rmsprop',
  aliases: ['RMSProp', 'RMSprop', 'rmsProp'],
  formula:
    's ← ρ s + (1-ρ) g², u ← m u + η g / √(s + ε), θ ← θ - u; centered: c ← ρ c + (1-ρ) g, s - c² for s in the root',
  source:
    'Hinton 2012 (lecture 6e); Graves 2013 (centered); tfjs-core 4.22 rmsprop_optimizer.ts; keras 3.15 rmsprop.py',
  differences:
    'Plain: equal in tfjs and Keras 3; Keras 2 has η g / (√s + ε), which is `epsilonPlacement: outside`. Centered: tfjs ' +
    'takes √(s - (c² + ε)), which is NaN where the gradient hardly varies; Keras takes √(s - c² + ε).',
  defaults: {
    learningRate: 0.001,
    decay: 0.9,
    momentum: 0,
    epsilon: 1e-7,
    centered: false,
    epsilonPlacement: 'inside',
    dialect: 'tfjs',
  },
  slots: ({ momentum, centered }) => [
    { name: 'meanSquare', initialValue: 0 },
    ...(centered ? [{ name: 'meanGradient', initialValue: 0 }] : []),
    ...(momentum > 0 ? [{ name: 'momentum', initialValue: 0 }] : []),
  ],
  globals: () => [],
  advanceGlobals: () => ({}),
  update(context) {
    const { config, learningRate, parameter, gradient, slots } = context;
    const average = (mean: Node, value: Node) => add(mul(mean, config.decay), mul(value, 1 - config.decay));
    const meanSquare = average(slots.meanSquare, square(gradient));
    const meanGradient = config.centered ? average(slots.meanGradient, gradient) : undefined;
    const step = div(mul(gradient, learningRate), denominator(context, meanSquare, meanGradient));
    const moved = config.momentum > 0 ? add(mul(slots.momentum, config.momentum), step) : step;
    return {
      parameter: sub(parameter, moved),
      slots: {
        meanSquare,
        ...(meanGradient && { meanGradient }),
        ...(config.momentum > 0 && { momentum: moved }),
      },
    };
  },
};

function denominator(
  { config }: UpdateContext<RmspropConfig>,
  meanSquare: Node,
  meanGradient: Node | undefined,
): Node {
  const { epsilon, epsilonPlacement, dialect } = config;
  const variance = meanGradient ? sub(meanSquare, square(meanGradient)) : meanSquare;
  if (epsilonPlacement === 'outside') return add(sqrt(variance), epsilon);
  // tfjs subtracts ε together with the squared mean.
  const isTfjsCentered = meanGradient !== undefined && dialect === 'tfjs';
  return sqrt(isTfjsCentered ? sub(meanSquare, add(square(meanGradient), epsilon)) : add(variance, epsilon));
}
