import { add, matMul } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { type PolynomialForm, polynomialForms, polynomialState } from './polynomialForms.js';
import {
  type PolynomialNetworkStart,
  polynomialNetworkLaws,
  polynomialNetworkStarts,
} from './polynomialNetworkStart.js';

export interface PolynomialNetworkConfig {
  /** Outputs per position. */
  readonly units: number;
  readonly form: PolynomialForm;
  /** K: the number of factors, and the degree of the output. */
  readonly degree: number;
  /** h: width of the recursion, the rank of the decomposed coefficient tensors. */
  readonly rank: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly start: PolynomialNetworkStart;
  /** Law of kernel and kernelOut, of all kernels with start 'random'; null: as `start` says. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Polynomial network (Π-net): all monomials of the features up to a degree, with coefficient tensors kept in factors.
 *
 * ccp       x_1 = z U_1              x_k = x_{k-1} + (z U_k) ⊙ x_{k-1}
 * ncp       x_1 = (z A_1) ⊙ o_1      x_k = (z A_k) ⊙ (x_{k-1} S_k + o_k)
 * ncpSkip   x_1 = (z A_1) ⊙ o_1      x_k = x_{k-1} V_k + (z A_k) ⊙ (x_{k-1} S_k + o_k)
 * y = activation(x_K C + β),   k = 2..K
 *
 * o_k stands for the product B_k^T b_k of the paper, of which only the value matters. Written out, form 'ccp' is
 * x_K = z U_1 ⊙ Π_{k>=2} (1 + z U_k): the coefficient of z_i z_j.. is a CP decomposition of rank h.
 *
 * Shapes   z [B, ..., n]; kernel [n, h] is U_1 or A_1, kernelHigher [K - 1, n, h] the others, kernelOut [h, units];
 *          ncp and ncpSkip: mixing S [K - 1, h, h], offset o [K, h]; ncpSkip: skip V [K - 1, h, h]; start 'gated':
 *          gate [K - 1]; bias [units] → y [B, ..., units]
 * Degree   K in z: exactly, with every lower degree present
 * Cost     2·B·h·(K·n + units) flops, and 2·B·(K - 1)·h² for each of S and V
 * Start    'linear': the products are off (U_k = 0; S_k = 0 with o_k = 1, in ncpSkip o_k = 0 and V = I), so the layer
 *          is z U_1 C or z A_K C, of variance 1. 'gated': all kernels random, every product times a learned gate that
 *          starts at 0: the same function. 'calibrated': random products that carry 1/20 of E[y²] = 1
 *          (`productShare`), by `polynomialVariance` for standard normal features. 'random': every kernel by
 *          kernelInitializer (variance 1 / fanIn when null): E[y²] = 2^(K-1) in form 'ccp' for many features
 * Numerics products of K Gaussians have heavy tails. Eight layers of width 64 and degree 2 to 4 keep E[y²] between 0.7
 *          and 3 with 'calibrated'; with 'random' they overflow float32 from the third on
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units, degree or rank below 1, an unknown
 *          form or start
 * Source   Chrysos et al. 2020, Π-nets, CVPR and arXiv 2006.13026, sections on CCP, NCP and NCP-Skip
 */
export const polynomialNetworkSpec: LayerSpec<PolynomialNetworkConfig> = {
  name: 'polynomialNetwork',
  title: 'Polynomial network (Π-net)',
  formula:
    'ccp: x_k = x_(k-1) + (z U_k) * x_(k-1), x_1 = z U_1\nncp: x_k = (z A_k) * (x_(k-1) S_k + o_k), x_1 = (z A_1) * o_1\nncpSkip: x_k = x_(k-1) V_k + (z A_k) * (x_(k-1) S_k + o_k)\ny = activation(x_K C + b)',
  source: 'Chrysos et al. 2020, Π-nets: Deep Polynomial Neural Networks, CVPR',
  defaults: {
    form: 'ccp',
    degree: 3,
    rank: 16,
    activation: 'linear',
    useBias: true,
    start: 'linear',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2, rank: 2 }, inputShapes: [[3]] },
    { config: { units: 1, rank: 2, form: 'ncp' }, inputShapes: [[2]] },
    { config: { units: 2, rank: 2, form: 'ncpSkip', start: 'calibrated' }, inputShapes: [[2, 2]] },
    {
      config: { units: 1, rank: 2, degree: 4, start: 'gated', useBias: false, activation: 'tanh' },
      inputShapes: [[2]],
    },
    { config: { units: 1, rank: 3, degree: 2, form: 'ncp', start: 'gated' }, inputShapes: [[2, 1, 2]] },
    { config: { units: 2, rank: 1, degree: 2, form: 'ncpSkip', start: 'gated' }, inputShapes: [[3]] },
    { config: { units: 1, rank: 2, degree: 1, start: 'random' }, inputShapes: [[1]] },
  ],
  largeSample: { config: { units: 9, rank: 17, degree: 2 }, batch: 33, inputShapes: [[65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'linear' } },
  parameterFormula:
    'K n h + h units + units; ncp and (K - 1) h² + K h more, ncpSkip and 2 (K - 1) h² + K h more; K - 1 with start gated',
  parameterCount: ({ units, form, degree: k, rank: h, useBias, start }, [shape]) => {
    const squares = { ccp: 0, ncp: 1, ncpSkip: 2 }[form];
    return (
      k * featuresOf(shape) * h +
      (h + (useBias ? 1 : 0)) * units +
      squares * (k - 1) * h * h +
      (form === 'ccp' ? 0 : k * h) +
      (start === 'gated' ? k - 1 : 0)
    );
  },
  isSmooth: true,
  degree: ({ degree }) => degree,
  outputShape({ units, form, degree, rank, start }, inputShapes) {
    requireWhole('polynomialNetwork', 'units', units, 1);
    requireWhole('polynomialNetwork', 'degree', degree, 1);
    requireWhole('polynomialNetwork', 'rank', rank, 1);
    requireOneOf('polynomialNetwork', 'form', form, polynomialForms);
    requireOneOf('polynomialNetwork', 'start', start, polynomialNetworkStarts);
    return [...singleInput('polynomialNetwork', inputShapes).slice(0, -1), units];
  },
  parameters: (config, [shape]) => polynomialNetworkParameters(config, featuresOf(shape)),
  forward({ config, inputs: [z], parameters }) {
    const state = polynomialState(config.form, z, parameters, config.degree);
    const y = matMul(state, parameters.kernelOut);
    return { output: activation(config.activation).apply(config.useBias ? add(y, parameters.bias) : y) };
  },
};

function polynomialNetworkParameters(config: PolynomialNetworkConfig, n: number): ParameterSpec[] {
  const { units, form, degree, rank, useBias, start, biasInitializer } = config;
  const laws = polynomialNetworkLaws({ ...config, features: n });
  const steps = degree - 1;
  const kernel = (name: string, rows: number, columns: number, initializer: InitializerConfig) =>
    ({ name, shape: [rows, columns], role: 'kernel', initializer, fanAxes: { in: [0], out: [1] } }) as const;
  const stack = (name: string, rows: number, initializer: InitializerConfig) =>
    ({
      name,
      shape: [steps, rows, rank],
      role: 'kernel',
      initializer,
      fanAxes: { in: [1], out: [2] },
    }) as const;
  const higher = { group: 'higherOrder' } as const;
  const hasMixing = form !== 'ccp';
  return [
    kernel('kernel', n, rank, laws.kernel),
    ...(steps > 0
      ? [{ ...stack('kernelHigher', n, laws.kernelHigher), ...(form === 'ncp' ? {} : higher) }]
      : []),
    ...(hasMixing && steps > 0 ? [{ ...stack('mixing', rank, laws.mixing), ...higher }] : []),
    ...(hasMixing
      ? [{ name: 'offset', shape: [degree, rank], role: 'other', initializer: laws.offset } as const]
      : []),
    ...(form === 'ncpSkip' && steps > 0 ? [stack('skip', rank, initializers.identity)] : []),
    ...(start === 'gated' && steps > 0
      ? [{ name: 'gate', shape: [steps], role: 'other', initializer: initializers.zeros, ...higher } as const]
      : []),
    kernel('kernelOut', rank, units, laws.kernelOut),
    ...(useBias
      ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
      : []),
  ];
}
