import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import {
  type BasisFunctionsOptions,
  type BasisName,
  basisFunctions,
  basisNames,
  basisSize,
} from './basisFunctions.js';
import { basisMoments } from './basisMoments.js';
import { basisOptions, requireBasisOptions } from './basisOptions.js';
import { mixFunctions } from './mixFunctions.js';
import {
  type InputDomain,
  type InputNormalization,
  normalizeInput,
  requireNormalization,
} from './normalizeInput.js';

/** How the kernels begin; see `orthogonalPolynomialSpec`. */
export type OrthogonalPolynomialStart = 'calibrated' | 'linear' | 'reference';

export interface OrthogonalPolynomialConfig {
  /** Outputs per position. */
  readonly units: number;
  /** K: the highest degree, or the number of harmonics of basis 'fourier'. */
  readonly degree: number;
  readonly basis: BasisName;
  /** Of jacobi (default 1) and of laguerre (default 0), above -1. */
  readonly alpha: number | null;
  /** Of jacobi (default 1), above -1. */
  readonly beta: number | null;
  /** Of gegenbauer (default 1), above 0. */
  readonly lambda: number | null;
  /** Scale every function to E[φ_d²] = 1 under the weight of the basis. */
  readonly orthonormal: boolean;
  readonly normalization: InputNormalization;
  /** [low, high] of the inputs, mapped to [-1, 1] before 'clip' or 'none'. */
  readonly domain: InputDomain;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly start: OrthogonalPolynomialStart;
  /** Law of both kernels (of `kernel` alone with start 'linear'); null: as `start` says. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Orthogonal polynomials of every feature, mixed into units: a Kolmogorov-Arnold layer.
 *
 * y_o = activation(b_o + Σ_i Σ_{d=1..K} c_dio φ_d(t_i)),   t = normalization(x)
 *
 * `kernel` holds c_1, `kernelHigher` c_2 .. c_K. The constants φ_0 of all features are one bias: as coefficients they
 * would be n weights per unit that do the work of one.
 *
 * Shapes   x [B, ..., n]; kernel [n, units], kernelHigher [D - 1, n, units], bias [units] → y [B, ..., units], with
 *          D = K functions per feature, 2 K of basis 'fourier'
 * Degree   K in x with normalization 'none' and a polynomial basis
 * Cost     2·B·n·D·units flops and 4·B·n·D for the functions; n·D·units + units parameters
 * Start    'calibrated': normal with variance 1 / (n Σ_d E[φ_d²]), so E[y²] = 1; the moments are those of standard
 *          normal x, or of x uniform on the domain. 'linear': kernelHigher 0, a dense layer on φ_1(t) with E[y²] = 1.
 *          'reference': normal with stddev 1 / (n (D + 1)), the law of ChebyKAN, about √(n D) too small
 * Numerics recurrences in place of cos(d acos t), whose derivative is NaN once tanh rounds to ±1. 'clip' has kinks at
 *          the ends of the domain and no derivative outside; polynomials of degree K grow as x^K under 'none'
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units or degree below 1, unknown words, an
 *          option of another basis or out of its range, a domain that is no interval or that tanh would ignore, and
 *          normalization 'layerNorm' of one feature, which is 0
 * Source   Sidharth et al. 2024, Chebyshev Polynomial-Based Kolmogorov-Arnold Networks, arXiv 2405.07200; recurrences: DLMF 18.9
 */
export const orthogonalPolynomialSpec: LayerSpec<OrthogonalPolynomialConfig> = {
  name: 'orthogonalPolynomial',
  title: 'Orthogonal polynomial',
  formula: 'y_o = activation(b_o + sum_i sum_(d>=1) c_dio phi_d(t_i)), t = normalization(x)',
  source:
    'Sidharth et al. 2024, Chebyshev Polynomial-Based Kolmogorov-Arnold Networks, arXiv 2405.07200; recurrences of DLMF 18.9',
  defaults: {
    degree: 4,
    basis: 'chebyshev1',
    alpha: null,
    beta: null,
    lambda: null,
    orthonormal: false,
    normalization: 'tanh',
    domain: null,
    activation: 'linear',
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2 }, inputShapes: [[3]] },
    { config: { units: 2, basis: 'legendre', degree: 2, normalization: 'layerNorm' }, inputShapes: [[2, 3]] },
    { config: { units: 1, basis: 'chebyshev2', degree: 3, normalization: 'none' }, inputShapes: [[2]] },
    { config: { units: 2, basis: 'jacobi', alpha: 0.5, beta: -0.5, activation: 'tanh' }, inputShapes: [[2]] },
    { config: { units: 1, basis: 'gegenbauer', lambda: 1.5, degree: 3, useBias: false }, inputShapes: [[2]] },
    {
      config: { units: 2, basis: 'hermite', orthonormal: true, degree: 2, normalization: 'none' },
      inputShapes: [[2, 1, 2]],
    },
    { config: { units: 1, basis: 'hermitePhysicists', degree: 2, start: 'reference' }, inputShapes: [[2]] },
    { config: { units: 1, basis: 'laguerre', alpha: 0.5, degree: 3, start: 'linear' }, inputShapes: [[3]] },
    {
      config: { units: 2, basis: 'fourier', degree: 2, normalization: 'clip', domain: [-4, 3] },
      inputShapes: [[2]],
    },
    { config: { units: 1, degree: 1 }, inputShapes: [[1]] },
  ],
  largeSample: { config: { units: 17, degree: 3 }, batch: 33, inputShapes: [[65]] },
  inputKind: 'features',
  starts: {
    calibrated: { start: 'calibrated' },
    identity: { start: 'linear', normalization: 'none' },
  },
  parameterFormula: 'n D units + units, D = degree, or 2 degree with basis fourier',
  parameterCount: ({ units, degree, basis, useBias }, [shape]) =>
    (featuresOf(shape) * degree * (basis === 'fourier' ? 2 : 1) + (useBias ? 1 : 0)) * units,
  isSmooth: true,
  degree: ({ degree, basis, normalization }) =>
    normalization === 'none' && basis !== 'fourier' ? degree : undefined,
  outputShape(config, inputShapes) {
    const { units, degree, basis, start } = config;
    requireWhole('orthogonalPolynomial', 'units', units, 1);
    requireWhole('orthogonalPolynomial', 'degree', degree, 1);
    requireOneOf('orthogonalPolynomial', 'basis', basis, basisNames);
    requireBasisOptions('orthogonalPolynomial', basis, config);
    requireOneOf('orthogonalPolynomial', 'start', start, ['calibrated', 'linear', 'reference']);
    const shape = singleInput('orthogonalPolynomial', inputShapes);
    requireNormalization('orthogonalPolynomial', config, featuresOf(shape));
    return [...shape.slice(0, -1), units];
  },
  parameters(config, [shape]) {
    const n = featuresOf(shape);
    const { units, degree, basis, useBias, biasInitializer } = config;
    const higherCount = basisSize(basis, degree) - 1;
    const laws = kernelLaws(config, n);
    const kernel: ParameterSpec = {
      name: 'kernel',
      shape: [n, units],
      role: 'kernel',
      initializer: laws.first,
      fanAxes: { in: [0], out: [1] },
    };
    const kernelHigher: ParameterSpec = {
      name: 'kernelHigher',
      shape: [higherCount, n, units],
      role: 'kernel',
      initializer: laws.higher,
      fanAxes: { in: [0, 1], out: [2] },
      group: 'higherOrder',
    };
    const bias: ParameterSpec = { name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer };
    return [kernel, ...(higherCount > 0 ? [kernelHigher] : []), ...(useBias ? [bias] : [])];
  },
  forward({ config, inputs: [x], parameters: { kernel, kernelHigher, bias } }) {
    const t = normalizeInput(x, config.normalization, config.domain);
    const functions = basisFunctions(t, functionOptions(config));
    return {
      output: activation(config.activation).apply(mixFunctions(functions, { kernel, kernelHigher, bias })),
    };
  },
};

const functionOptions = (config: OrthogonalPolynomialConfig): BasisFunctionsOptions => ({
  basis: config.basis,
  degree: config.degree,
  isOrthonormal: config.orthonormal,
  ...basisOptions(config.basis, config),
});

function kernelLaws(config: OrthogonalPolynomialConfig, n: number) {
  const { start, kernelInitializer, normalization, domain, basis, degree } = config;
  const isLinear = start === 'linear';
  const features = Math.max(1, n);
  const own = (): InitializerConfig => {
    if (start === 'reference') return normal(1 / (features * (basisSize(basis, degree) + 1)));
    const moments = basisMoments(functionOptions(config), normalization, domain);
    const total = isLinear ? moments[0] : moments.reduce((sum, moment) => sum + moment, 0);
    return normal(1 / Math.sqrt(features * total));
  };
  const first = kernelInitializer ?? own();
  return { first, higher: isLinear ? initializers.zeros : first };
}

const normal = (stddev: number): InitializerConfig => ({ kind: 'normal', mean: 0, stddev });
