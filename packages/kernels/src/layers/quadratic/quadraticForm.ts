import { add, matMul, type Node, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { higherOrderShare, linearPath, type QuadraticStart, startParameter } from './quadraticStart.js';
import { quadraticTerms } from './quadraticTerms.js';

/** How the matrix of a unit's form is stored. */
export type QuadraticFormForm = 'full' | 'symmetric' | 'lowRank';

export type QuadraticFormStart = Exclude<QuadraticStart, 'document'>;

export interface QuadraticFormConfig {
  /** Outputs per position: that many forms. */
  readonly units: number;
  readonly form: QuadraticFormForm;
  /** Of form 'lowRank' alone. */
  readonly rank: number;
  /** Adds x W_l. */
  readonly useLinear: boolean;
  readonly useBias: boolean;
  readonly activation: ActivationName;
  readonly start: QuadraticFormStart;
  /** Law of the kernels that start 'relinear' draws, of all kernels with 'random'; 'calibrated' ignores it. */
  readonly kernelInitializer: InitializerConfig;
  /** Ignored by start 'calibrated', whose bias is zero. */
  readonly biasInitializer: InitializerConfig;
}

const forms: readonly QuadraticFormForm[] = ['full', 'symmetric', 'lowRank'];
const starts: readonly QuadraticFormStart[] = ['relinear', 'random', 'calibrated'];

/**
 * A general quadratic form per unit, plus a linear form.
 *
 * y_k = activation(xᵀ A_k x + l_k·x + b_k)
 *
 * full       A_k any matrix: xᵀ A x = xᵀ (A + Aᵀ)/2 x, so about half of its weights repeat the other half
 * symmetric  xᵀ A x = Σ_{i<=j} S_ij x_i x_j with S_ii = A_ii and S_ij = A_ij + A_ji: every form once
 * lowRank    xᵀ A x = Σ_r λ_r (q_r·x)², r <= rank; rank 2 holds every product (u·x)(v·x), rank n every form
 *
 * Shapes   x [B, ..., n]; kernelA [units, n, n], or kernelS [n (n + 1) / 2, units] in the order (0,0), (0,1), ..., (1,1),
 *          or kernelQ [n, units, rank] and kernelLambda [units, rank]; kernelL [n, units], biasL [units]
 *          → y [B, ..., units]
 * Degree   2 in x
 * Cost     full 2·B·units·n² flops and B·units·n floats of scratch; symmetric half of the flops, B·n²/2 floats;
 *          lowRank 2·B·units·n·rank
 * Start    'relinear': A = 0 (lowRank: λ = 0, q drawn), which equals `dense`; needs useLinear. 'random': all kernels by
 *          kernelInitializer. 'calibrated': second moment 1 for independent standard normal inputs, 1/64 of it by the
 *          form, or all of it without a linear path, which then does not stack: v becomes v²
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units or rank below 1, an unknown form or
 *          start, or start 'relinear' without the linear path
 * Source   Noel et al. 2023, arXiv 2310.02901 (the symmetric saving); full without linear path is torch.nn.Bilinear(x, x)
 *
 * @example
 * // n = 2, symmetric, S = [1, -2, 1]: y = x_0² - 2 x_0 x_1 + x_1², which is XOR on {0, 1}²
 */
export const quadraticFormSpec: LayerSpec<QuadraticFormConfig> = {
  name: 'quadraticForm',
  title: 'Quadratic form',
  formula:
    'y_k = activation(x^T A_k x + l_k . x + b_k)\nform symmetric: x^T A x = sum_{i<=j} S_ij x_i x_j\nform lowRank: x^T A x = sum_r lambda_r (q_r . x)^2',
  source: 'Noel et al. 2023, arXiv 2310.02901',
  defaults: {
    form: 'symmetric',
    rank: 2,
    useLinear: true,
    useBias: true,
    activation: 'linear',
    start: 'relinear',
    kernelInitializer: initializers.glorotUniform,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2 }, inputShapes: [[3]] },
    { config: { units: 1, start: 'calibrated' }, inputShapes: [[1]] },
    { config: { units: 2, form: 'full', start: 'calibrated', activation: 'tanh' }, inputShapes: [[2, 3]] },
    {
      config: { units: 2, form: 'full', start: 'random', useLinear: false, useBias: false },
      inputShapes: [[3]],
    },
    { config: { units: 3, form: 'lowRank', rank: 1, useBias: false }, inputShapes: [[2, 1, 2]] },
    { config: { units: 2, form: 'lowRank', start: 'calibrated', useLinear: false }, inputShapes: [[3]] },
  ],
  largeSample: { config: { units: 7, activation: 'tanh' }, batch: 33, inputShapes: [[23]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'relinear' } },
  parameterFormula:
    'units (n² | n (n + 1) / 2 | (n + 1) rank) for full, symmetric, lowRank; + n units + units',
  parameterCount(config, [shape]) {
    const n = featuresOf(shape);
    const { units, form, rank, useLinear, useBias } = config;
    const ofForm = { full: n * n, symmetric: (n * (n + 1)) / 2, lowRank: (n + 1) * rank }[form];
    return units * (ofForm + (useLinear ? n : 0) + (useBias ? 1 : 0));
  },
  isSmooth: true,
  degree: () => 2,
  outputShape({ units, form, rank, useLinear, start }, inputShapes) {
    requireWhole('quadraticForm', 'units', units, 1);
    requireWhole('quadraticForm', 'rank', rank, 1);
    requireOneOf('quadraticForm', 'form', form, forms);
    requireOneOf('quadraticForm', 'start', start, starts);
    if (start === 'relinear' && !useLinear) {
      throw new ValueError({
        subject: 'quadraticForm',
        expected: "useLinear: true with start 'relinear', which is that path alone",
        received: 'useLinear: false',
        fix: "pass start: 'calibrated' or 'random', or keep the linear path",
      });
    }
    return [...singleInput('quadraticForm', inputShapes).slice(0, -1), units];
  },
  parameters(config, [shape]) {
    const { units, form, rank, useLinear, useBias } = config;
    const inputs = featuresOf(shape);
    return [
      ...quadraticTerms[form].weights({ inputs, units, rank }, useLinear ? higherOrderShare : 1),
      ...linearPath(inputs, units, useBias).slice(useLinear ? 0 : 1),
    ].map((weight) => startParameter(weight, config));
  },
  forward({ config, inputs: [x], parameters: p }) {
    const { form, useLinear, useBias } = config;
    const [first, ...others] = [
      ...(useLinear ? [matMul(x, p.kernelL)] : []),
      ...(useBias ? [p.biasL] : []),
      quadraticTerms[form].apply(x, p),
    ];
    return { output: activation(config.activation).apply(others.reduce<Node>(add, first)) };
  },
};
