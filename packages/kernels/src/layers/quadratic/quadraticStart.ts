/** @file How the weights of quadratic layers begin, in one table of starts. */
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { ParameterSpec } from '../../layerSpec.js';

/**
 * 'relinear'    the second-order part is zero, the linear path drawn: the layer equals `dense`
 * 'random'      kernels by kernelInitializer, biases by biasInitializer
 * 'document'    everything normal with stddev 0.05: the law of seed 000, which knows no fan
 * 'calibrated'  unit variance in, unit variance out, `higherOrderShare` of it by the second-order part
 */
export type QuadraticStart = 'relinear' | 'random' | 'document' | 'calibrated';

/**
 * ε, the share of the output's second moment that a calibrated second-order part has; the linear path has 1 - ε.
 *
 * A second moment v becomes v' = (1 - ε) v + ε v². The fixed point 1 repels: small deviations grow by 1 + ε a layer,
 * 1.13 times in eight, and beyond v = 1/ε the square takes over. So ε decides the depth that stays bounded, and 1/64
 * (an eighth of the standard deviation) holds for 16 layers of width 64, where 1/16 overflows.
 */
export const higherOrderShare = 1 / 64;

/** A parameter with its laws for the starts that tell weights apart. */
export interface StartWeight extends Omit<ParameterSpec, 'initializer'> {
  /** In the linear start; 'drawn' by the initializer of its role. */
  readonly relinear: 'drawn' | 'zeros' | 'ones';
  readonly calibrated: InitializerConfig;
}

export interface StartOptions {
  readonly start: QuadraticStart;
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

const laws: {
  readonly [K in QuadraticStart]: (weight: StartWeight, drawn: InitializerConfig) => InitializerConfig;
} = {
  relinear: ({ relinear }, drawn) => (relinear === 'drawn' ? drawn : initializers[relinear]),
  random: (_, drawn) => drawn,
  document: () => initializers.randomNormal,
  calibrated: ({ calibrated }) => calibrated,
};

export const quadraticStarts = Object.keys(laws) as QuadraticStart[];

export function startParameter(weight: StartWeight, options: StartOptions): ParameterSpec {
  const { relinear, calibrated, ...spec } = weight;
  const drawn = spec.role === 'bias' ? options.biasInitializer : options.kernelInitializer;
  return { ...spec, initializer: laws[options.start](weight, drawn) };
}

/** kernelL [n, units] and biasL [units]: the path that is all of the layer in the linear start. */
export function linearPath(inputs: number, units: number, useBias: boolean): StartWeight[] {
  const kernel: StartWeight = {
    name: 'kernelL',
    shape: [inputs, units],
    role: 'kernel',
    fanAxes: { in: [0], out: [1] },
    relinear: 'drawn',
    calibrated: orthogonalLaw(1 - higherOrderShare, inputs, units),
  };
  const bias: StartWeight = {
    name: 'biasL',
    shape: [units],
    role: 'bias',
    relinear: 'drawn',
    calibrated: initializers.zeros,
  };
  return useBias ? [kernel, bias] : [kernel];
}

/**
 * Orthogonal kernel [inputs, units] whose outputs have second moment `share` for inputs of second moment 1. Orthonormal
 * columns do by themselves; with more units than inputs the rows are orthonormal and the columns too short by
 * √(inputs / units). Independent entries do the same on average only: eight such layers leave 0.7 to 1.4 of the variance.
 */
export function orthogonalLaw(share: number, inputs: number, units: number): InitializerConfig {
  return { kind: 'orthogonal', gain: Math.sqrt(share * Math.max(1, units / inputs)) };
}

export function normalLaw(variance: number): InitializerConfig {
  return { kind: 'normal', mean: 0, stddev: Math.sqrt(variance) };
}
