import { add, matMul } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import {
  type IndexSet,
  monomialCount,
  monomialMoment,
  monomialProducts,
  monomialsUpTo,
  pick,
} from './monomials.js';
import { productShare } from './productShare.js';
import { requireSets } from './requireSets.js';

/** How the weights of the products begin; see `sigmaPiSpec`. */
export type SigmaPiStart = 'linear' | 'calibrated';

export interface SigmaPiConfig {
  /** Outputs per position. */
  readonly units: number;
  /** Largest number of factors when no sets are given. */
  readonly order: number;
  /** Let a feature stand in a product more than once: all monomials in place of the multilinear ones. */
  readonly allowPowers: boolean;
  /** The products to sum, as lists of feature indices; null: all up to `order`. */
  readonly sets: readonly IndexSet[] | null;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly start: SigmaPiStart;
  /** Law of both kernels (of `kernel` alone with start 'linear'); null: as `start` says. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Sigma-pi units: weighted sums of products of features, over chosen sets or all up to an order.
 *
 * y_o = activation(b_o + Σ_k w_ko Π_{i in S_k} x_i)
 *
 * Shapes   x [B, ..., n]; kernel [sets of one index, units], kernelHigher [sets of more, units], in the order given
 *          (shorter first, then lexicographic, when `sets` is null); bias [units] → y [B, ..., units]
 * Degree   size of the largest set
 * Cost     one multiplication per different prefix of a set, 2·units flops per set; B · sets floats of scratch.
 *          Σ_{k<=order} C(n, k) sets, C(n + k - 1, k) with powers
 * Start    'linear': kernelHigher 0, a dense layer on the single features with E[y²] = 1; needs one set of one index.
 *          'calibrated': single features carry 19/20 of E[y²] = 1 and products the rest, for standard normal x,
 *          where a product has second moment Π (2 m - 1)!! over its multiplicities m; products alone carry all of it
 * Numerics a product of k features overflows float32 from |x| = 10^(38 / k) on. Eight layers of width 64 and order 2 keep
 *          E[y²] within 5 % of 1 with 'calibrated'; order 3 in width 16 leaves that in the fifth
 * Pitfalls the number of sets grows as n^order; `sets` picks the few that matter
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units or order below 1, more than 65536
 *          products, an order above n without powers, sets that are empty, alike or out of range, or start 'linear'
 *          without a set of one index
 * Source   Rumelhart and McClelland 1986, Parallel Distributed Processing, chapter 2; Giles and Maxwell 1987, Learning,
 *          Invariance, and Generalization in High-Order Neural Networks
 */
export const sigmaPiSpec: LayerSpec<SigmaPiConfig> = {
  name: 'sigmaPi',
  title: 'Sigma-pi',
  formula: 'y_o = activation(b_o + sum_k w_ko prod_(i in S_k) x_i)',
  source:
    'Rumelhart and McClelland 1986, Parallel Distributed Processing, chapter 2; Giles and Maxwell 1987, Applied Optics 26',
  defaults: {
    order: 2,
    allowPowers: false,
    sets: null,
    activation: 'linear',
    useBias: true,
    start: 'linear',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2 }, inputShapes: [[3]] },
    { config: { units: 1, order: 3, allowPowers: true, start: 'calibrated' }, inputShapes: [[2, 2]] },
    {
      config: { units: 2, sets: [[1, 0], [2], [0, 0, 2], [0, 1, 2]], activation: 'tanh' },
      inputShapes: [[3]],
    },
    { config: { units: 1, sets: [[0, 1]], start: 'calibrated', useBias: false }, inputShapes: [[2, 1, 2]] },
    { config: { units: 1, order: 1 }, inputShapes: [[1]] },
  ],
  largeSample: { config: { units: 9, order: 2 }, batch: 17, inputShapes: [[33]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'linear' } },
  parameterFormula: '(number of sets + 1) units',
  parameterCount: ({ units, order, allowPowers, sets, useBias }, [shape]) =>
    ((sets?.length ?? monomialCount(featuresOf(shape), order, allowPowers)) + (useBias ? 1 : 0)) * units,
  isSmooth: true,
  degree: ({ sets, order }) => (sets ? Math.max(...sets.map(({ length }) => length)) : order),
  outputShape(config, inputShapes) {
    requireWhole('sigmaPi', 'units', config.units, 1);
    requireWhole('sigmaPi', 'order', config.order, 1);
    requireOneOf('sigmaPi', 'start', config.start, ['linear', 'calibrated']);
    const shape = singleInput('sigmaPi', inputShapes);
    requireSets('sigmaPi', config, featuresOf(shape));
    return [...shape.slice(0, -1), config.units];
  },
  parameters(config, [shape]) {
    const { units, useBias, biasInitializer } = config;
    const { single, higher } = setsOf(config, featuresOf(shape));
    const laws = kernelLaws(config, single, higher);
    const kernel = (name: string, rows: number, initializer: InitializerConfig): ParameterSpec => ({
      name,
      shape: [rows, units],
      role: 'kernel',
      initializer,
      fanAxes: { in: [0], out: [1] },
    });
    return [
      ...(single.length > 0 ? [kernel('kernel', single.length, laws.single)] : []),
      ...(higher.length > 0
        ? [{ ...kernel('kernelHigher', higher.length, laws.higher), group: 'higherOrder' } as const]
        : []),
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: { kernel, kernelHigher, bias } }) {
    const { single, higher } = setsOf(config, featuresOf(x.shape));
    const terms = [
      ...(kernel ? [matMul(pick(x, single.flat()), kernel)] : []),
      ...(kernelHigher ? [matMul(monomialProducts(x, higher), kernelHigher)] : []),
      ...(bias ? [bias] : []),
    ];
    return { output: activation(config.activation).apply(terms.reduce((a, b) => add(a, b))) };
  },
};

/** Sets of one index and sets of more, each in the order given. */
function setsOf({ sets, order, allowPowers }: SigmaPiConfig, features: number) {
  const all = sets ?? monomialsUpTo(features, order, allowPowers);
  const sorted = all.map((set) => [...set].sort((p, q) => p - q));
  return {
    single: sorted.filter(({ length }) => length === 1),
    higher: sorted.filter(({ length }) => length > 1),
  };
}

function kernelLaws(
  { start, kernelInitializer }: SigmaPiConfig,
  single: readonly IndexSet[],
  higher: readonly IndexSet[],
): { readonly single: InitializerConfig; readonly higher: InitializerConfig } {
  const isLinear = start === 'linear';
  const isMixed = single.length > 0 && higher.length > 0 && !isLinear;
  const moments = higher.reduce((sum, set) => sum + monomialMoment(set), 0);
  const law = (share: number, total: number): InitializerConfig =>
    kernelInitializer ?? { kind: 'normal', mean: 0, stddev: Math.sqrt(share / Math.max(1, total)) };
  return {
    single: law(isMixed ? 1 - productShare : 1, single.length),
    higher: isLinear ? initializers.zeros : law(isMixed ? productShare : 1, moments),
  };
}
