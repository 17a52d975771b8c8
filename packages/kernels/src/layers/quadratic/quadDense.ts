import { ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { type QuadraticStart, quadraticStarts, startParameter } from './quadraticStart.js';
import type { TermSizes } from './quadraticTerms.js';
import { type QuadDenseVariant, quadVariants } from './quadVariants.js';

/** How the weights begin; see `quadDenseSpec`. */
export type QuadDenseStart = QuadraticStart;

export interface QuadDenseConfig {
  /** Outputs per position. */
  readonly units: number;
  readonly variant: QuadDenseVariant;
  /** Of variant 'lowRank' alone; n and more can express every quadratic form. */
  readonly rank: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly start: QuadDenseStart;
  /** Law of the kernels that start 'relinear' draws, of all kernels with 'random'; the other starts ignore it. */
  readonly kernelInitializer: InitializerConfig;
  /** Law of the linear path's bias with start 'relinear', of all biases with 'random'; the other starts ignore it. */
  readonly biasInitializer: InitializerConfig;
}

/**
 * Quadratic dense layer: every unit is a polynomial of degree 2 of its input.
 *
 * fan        y = activation((x W_r + b_r) ⊙ (x W_g + b_g) + x² W_b + c)      the default
 * product    y = activation((x W_r + b_r) ⊙ (x W_g + b_g))
 * quadralib  y = activation((x W_r) ⊙ (x W_g) + x W_l + b_l)
 * square     y = activation(x² W_b + x W_l + b_l)
 * lowRank    y_k = activation(Σ_r λ_kr (q_kr·x)² + l_k·x + b_k)
 * symmetric  y_k = activation(Σ_{i<=j} S_ijk x_i x_j + l_k·x + b_k)
 *
 * Shapes   x [B, ..., n] → y [B, ..., units]; kernelR, kernelG, kernelB, kernelL [n, units], kernelQ [n, units, rank],
 *          kernelLambda [units, rank], kernelS [n (n + 1) / 2, units], monomials in the order (0,0), (0,1), ..., (1,1);
 *          biasR, biasG, biasC, biasL [units]
 * Degree   2 in x
 * Cost     2·B·units flops per weight of a unit: fan 3 n, product 2 n, quadralib 3 n, square 2 n, lowRank (n + 1) rank + n,
 *          symmetric n (n + 1) / 2 + n (and as many floats of scratch per sample for the monomials)
 * Start    'relinear' (W_g = 0 and b_g = 1; W_b, c, λ, S = 0): equals `dense` at the first step and learns its products
 *          from there; fan and product need biases for it. 'random': all kernels by kernelInitializer, all biases by
 *          biasInitializer. 'document': everything normal with stddev 0.05, the law of the seed document.
 *          'calibrated': for independent standard normal inputs every output has second moment 1, of which the
 *          products and squares together have ε = 1/64 (fan: half each) and the linear path, orthogonal, has 1 - ε;
 *          stacked, a second moment v becomes (1 - ε) v + ε v². The variances of each term: `quadraticTerms`
 * Numerics stacks of the random starts are unstable: with Glorot the variance of fan is 4 after one layer of
 *          unit-variance input and grows doubly exponentially with depth, with stddev 0.05 and 64 features it vanishes
 * Pitfalls weight decay that pulls b_g from 1 to 0 switches the linear path off; no fan in 'document'; square has no
 *          products of different inputs and cannot solve XOR; (x W)² without a sign, QuadraLib's type 3, is convex in
 *          every unit and stuck at a zero start, so it is offered as lowRank with rank 1, whose λ gives the sign
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units or rank below 1, an unknown variant or
 *          start, or a linear start of fan or product without biases
 * Source   Fan, Xiong and Wang 2018, Universal Approximation with Quadratic Deep Networks, Eq. (1); quadralib and
 *          square: Xu et al. 2022, QuadraLib; lowRank: arXiv 2306.07294; the linear start: ReLinear, arXiv 2110.06081
 */
export const quadDenseSpec: LayerSpec<QuadDenseConfig> = {
  name: 'quadDense',
  title: 'Quadratic dense',
  formula: [
    'y = activation((x W_r + b_r) * (x W_g + b_g) + x^2 W_b + c)',
    ...Object.entries(quadVariants)
      .slice(1)
      .map(([variant, { formula }]) => `variant ${variant}: y = activation(${formula})`),
  ].join('\n'),
  source: 'Fan, Xiong and Wang 2018, Universal Approximation with Quadratic Deep Networks, Eq. (1)',
  defaults: {
    variant: 'fan',
    rank: 2,
    activation: 'linear',
    useBias: true,
    start: 'relinear',
    kernelInitializer: initializers.glorotUniform,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3 }, inputShapes: [[4]] },
    { config: { units: 1, start: 'document', activation: 'tanh' }, inputShapes: [[1]] },
    { config: { units: 2, start: 'random', useBias: false, activation: 'sigmoid' }, inputShapes: [[2, 3]] },
    { config: { units: 2, activation: 'softplus' }, inputShapes: [[2, 1, 3]] },
    { config: { units: 4, start: 'calibrated' }, inputShapes: [[3]] },
    { config: { units: 2, variant: 'product' }, inputShapes: [[3]] },
    { config: { units: 2, variant: 'quadralib', start: 'calibrated' }, inputShapes: [[3]] },
    { config: { units: 2, variant: 'square', useBias: false }, inputShapes: [[2, 3]] },
    { config: { units: 2, variant: 'lowRank', start: 'random', activation: 'tanh' }, inputShapes: [[2, 3]] },
    { config: { units: 2, variant: 'symmetric' }, inputShapes: [[2, 1, 3]] },
  ],
  largeSample: { config: { units: 17, activation: 'tanh' }, batch: 65, inputShapes: [[65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'relinear' } },
  parameterFormula:
    'fan 3 (n + 1) units; product 2 (n + 1) units; quadralib (3 n + 1) units; square (2 n + 1) units; lowRank ((n + 1) rank + n + 1) units; symmetric (n (n + 1) / 2 + n + 1) units',
  parameterCount: (config, [shape]) =>
    quadVariants[config.variant].parametersPerUnit(sizesOf(config, featuresOf(shape)), config.useBias) *
    config.units,
  isSmooth: true,
  degree: () => 2,
  outputShape({ units, variant, rank, start, useBias }, inputShapes) {
    requireWhole('quadDense', 'units', units, 1);
    requireWhole('quadDense', 'rank', rank, 1);
    requireOneOf('quadDense', 'variant', variant, Object.keys(quadVariants));
    requireOneOf('quadDense', 'start', start, quadraticStarts);
    const isLinear = start === 'relinear' || start === 'calibrated';
    if (isLinear && !useBias && quadVariants[variant].isLinearThroughBias) {
      throw new ValueError({
        subject: 'quadDense',
        expected: `useBias: true with start '${start}', whose linear path is the bias b_g = 1`,
        received: 'useBias: false',
        fix: "pass start: 'random', or keep the biases, or take a variant with a kernelL such as 'quadralib'",
      });
    }
    return [...singleInput('quadDense', inputShapes).slice(0, -1), units];
  },
  parameters(config, [shape]) {
    const sizes = sizesOf(config, featuresOf(shape));
    const weights = quadVariants[config.variant].weights(sizes, config.useBias);
    return weights.map((weight) => startParameter(weight, config));
  },
  forward({ config, inputs: [x], parameters }) {
    const y = quadVariants[config.variant].apply(x, parameters, config.useBias);
    return { output: activation(config.activation).apply(y) };
  },
};

function sizesOf({ units, rank }: QuadDenseConfig, inputs: number): TermSizes {
  return { inputs, units, rank };
}
