/**
 * @file The starts of the cross family, and how they keep variance.
 *
 * A cross step is x' = x0 ⊙ (x W) + x. Let the entries of W be independent with mean 0 and variance σ². Given x0, the
 * mean over W of the second moment of feature i is s'_i = s_i + σ² x0_i² Σ_j s_j, because the product and x are
 * uncorrelated. Summed over the features, with ‖x0‖² ≈ n for unit-variance inputs:
 *
 *   S' = S (1 + σ² ‖x0‖²)  ≈ S (1 + n σ²)          so L steps grow by (1 + n σ²)^L
 *
 * Glorot has n σ² = 1: the variance doubles at every step. 'calibrated' takes n σ² = 1/32, or (33/32)^(1/L) - 1 in a
 * layer that holds L steps: a layer of unit-variance inputs gives a variance of 33/32, however many steps it has. Eight
 * layers one on another give 1.28 over one x0; where each takes its own input for x0, v' = v (1 + v / 32) on average,
 * and 1.35 was measured at n = 64 (mean of 60 draws, at most 1.6). Twice that share is too much for the latter: eight
 * networks of three steps have degree 4^8, and rare rows grew by 10^4 and more.
 *
 * 'identity' takes W = 0: the output is x. A factor that stands before a zero one (the U of W = U V) keeps its random
 * law, because two zero factors would have zero gradients for ever.
 */
import { gradient, input, interpretNodes, sum, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import type { InitializerConfig } from '../../initializers/initializer.js';

export type CrossStart = 'calibrated' | 'identity';

export const crossStarts: readonly CrossStart[] = ['calibrated', 'identity'];

/** Variance that the products of a calibrated layer add to a variance of 1. */
export const productShare = 1 / 32;

/** Share of each of `steps` calibrated steps that grow by 1 + `productShare` together. */
export function stepShare(steps: number): number {
  return (1 + productShare) ** (1 / steps) - 1;
}

/** Sums of n unit-variance inputs get this variance: independent values of variance `variance` / n. */
export function fanInLaw(variance: number): InitializerConfig {
  return { kind: 'varianceScaling', scale: variance, mode: 'fanIn', distribution: 'truncatedNormal' };
}

/**
 * Rejects an activation that keeps a product of zero kernels from starting at the identity, or from leaving it:
 * sigmoid(0) is not 0, and relu has the derivative 0 at 0.
 */
export function requireLiveAtZero(layer: string, option: string, name: ActivationName): void {
  const x = input('x', { shape: [1], dtype: 'float32' });
  const y = activation(name).apply(x);
  const [value, slope] = interpretNodes([y, ...gradient(sum(y), [x])], { inputs: { x: [0] } });
  if (value[0] === 0 && slope[0] !== 0) return;
  throw new ValueError({
    subject: layer,
    expected: `${option} to be 0 at 0 with a slope there for start 'identity', as linear, tanh, swish and leakyRelu are`,
    received: `'${name}', with value ${value[0]} and slope ${slope[0]}`,
    fix: `pass start: 'calibrated', or another ${option}`,
  });
}
