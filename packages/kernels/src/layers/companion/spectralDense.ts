import { add, div, einsum, equal, matMul, type Node, select, sqrt, square, sum } from '@polyneuron/graph';

import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole, singleInput } from '../checks.js';

export interface SpectralDenseConfig {
  /** Outputs per position. */
  readonly units: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  /** Steps of the power iteration in every call. */
  readonly iterations: number;
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Dense layer whose kernel is divided by an estimate of its largest singular value: a map of Lipschitz constant 1, up to
 * the estimate and the activation.
 *
 * v = W u / |W u|,  u' = Wᵀ v / |Wᵀ v|  `iterations` times from the stored u;   σ = |Wᵀ v|;   y = activation(x W / σ + b)
 *
 * Every call iterates, so that training and inference compute the same function of W and u; training stores u' for the
 * next call. W / σ is differentiated as it is computed, power iteration included.
 *
 * Shapes   x [B, ..., n], kernel [n, units], bias [units], u [units] (not trained) → y [B, ..., units]
 * Degree   1 in x
 * Cost     2·B·n·units flops, and 4·n·units for each iteration
 * Numerics a kernel of zeros stays zero instead of NaN
 * Pitfalls σ is at most the true singular value, so |W / σ| is at least 1: too large in the first steps, by some tenths
 *          with one iteration from a random u. Other libraries take u and v as constants of the gradient, which is the
 *          same once the iteration has converged, and not before.
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units or iterations below 1
 * Source   Miyato et al. 2018, Spectral Normalization for Generative Adversarial Networks, Algorithm 1
 *
 * @example
 * // W = [[3, 0], [0, 1]], u = [1, 0]: v = [1, 0], σ = 3, x = [3, 3] → [3, 1]
 */
export const spectralDenseSpec: LayerSpec<SpectralDenseConfig> = {
  name: 'spectralDense',
  title: 'Spectrally normalized dense',
  formula: 'y = activation(x W / sigma + b), sigma = |W^T v|, v = W u / |W u|',
  source: 'Miyato et al. 2018, Spectral Normalization for Generative Adversarial Networks, Algorithm 1',
  defaults: {
    activation: 'linear',
    useBias: true,
    iterations: 1,
    kernelInitializer: initializers.glorotUniform,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3 }, inputShapes: [[4]] },
    { config: { units: 2, iterations: 2, useBias: false, activation: 'tanh' }, inputShapes: [[2, 3]] },
    { config: { units: 2 }, inputShapes: [[2, 1, 3]] },
    { config: { units: 1, iterations: 3 }, inputShapes: [[1]] },
  ],
  largeSample: { config: { units: 17, activation: 'tanh' }, batch: 65, inputShapes: [[65]] },
  inputKind: 'features',
  parameterFormula: 'n units + units, and units that are not trained',
  parameterCount: ({ units, useBias }, [shape]) => (featuresOf(shape) + (useBias ? 2 : 1)) * units,
  isSmooth: true,
  degree: () => 1,
  outputShape({ units, iterations }, inputShapes) {
    requireWhole('spectralDense', 'units', units, 1);
    requireWhole('spectralDense', 'iterations', iterations, 1);
    return [...singleInput('spectralDense', inputShapes).slice(0, -1), units];
  },
  parameters({ units, useBias, kernelInitializer, biasInitializer }, [shape]) {
    return [
      {
        name: 'kernel',
        shape: [featuresOf(shape), units],
        role: 'kernel',
        initializer: kernelInitializer,
        fanAxes: { in: [0], out: [1] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
        : []),
      {
        name: 'u',
        shape: [units],
        role: 'other',
        initializer: { kind: 'normal', mean: 0, stddev: 1 },
        isTrainable: false,
      },
    ];
  },
  forward({ config, inputs: [x], parameters: { kernel, bias, u }, isTraining }) {
    const { sigma, next } = powerIteration(kernel, u, config.iterations);
    const linear = div(matMul(x, kernel), sigma);
    const y = activation(config.activation).apply(config.useBias ? add(linear, bias) : linear);
    return { output: y, ...(isTraining && { updates: { u: next } }) };
  },
};

/** The largest singular value as the iteration sees it (1 for a kernel of zeros), and the vector to go on from. */
function powerIteration(kernel: Node, start: Node, iterations: number): { sigma: Node; next: Node } {
  let [next, sigma] = [start, start];
  for (let step = 0; step < iterations; step++) {
    const v = divideByNorm(einsum('no,o->n', kernel, next)).unit;
    ({ unit: next, norm: sigma } = divideByNorm(einsum('no,n->o', kernel, v)));
  }
  return { sigma, next };
}

/** A vector by its length, and the length; a vector of zeros has length 1 here, and derivatives of 0. */
function divideByNorm(vector: Node): { unit: Node; norm: Node } {
  const squares = sum(square(vector));
  const norm = sqrt(select(equal(squares, 0), 1, squares));
  return { unit: div(vector, norm), norm };
}
