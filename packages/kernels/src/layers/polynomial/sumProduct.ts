import {
  add,
  expandDims,
  type Node,
  reshape,
  type Shape,
  ShapeError,
  sliceAxis,
  sub,
  sum,
  ValueError,
} from '@polyneuron/graph';
import type { InitializerConfig } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { formatBatched, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { logSumExp } from './logSumExp.js';

/** Which products of nodes, one of each scope, a layer takes; see `sumProductSpec`. */
export type SumProductCombination = 'all' | 'aligned';

export interface SumProductConfig {
  /** Sum nodes per group of scopes. */
  readonly units: number;
  /** f: neighbouring scopes that one product joins; 1 leaves the products out. */
  readonly factors: number;
  readonly combination: SumProductCombination;
  /** Law of the logits whose softmax is the weights of the sums. */
  readonly kernelInitializer: InitializerConfig;
}

const productLimit = 65_536;

/**
 * One layer of a sum-product network, in logarithms: products of neighbouring scopes, then weighted sums of them.
 *
 * s_gp = Σ_{j<f} x[f g + j, d_j(p)]                    products: 'all' takes every choice (d_0 .. d_{f-1}), D^f of
 *                                                      them, 'aligned' the same node of every scope, D
 * y_go = log Σ_p softmax_p(logits[g, :, o])_p exp(s_gp)
 *
 * Inputs are log-probabilities of D nodes for each of F scopes (disjoint sets of variables). The sums mix products of
 * one scope and the products join disjoint ones, so the network is complete and decomposable: with normalized leaves
 * exp(y) is a distribution, and a variable whose leaves are all log 1 = 0 is summed out.
 *
 * Shapes   x [B, ..., F, D]; logits [F / f, P, units], P = D^f or D → y [B, ..., F / f, units]
 * Cost     B·F/f·P·units exponentials and as many floats of scratch
 * Start    logits standard normal: equal weights would keep all sums of a group equal for ever. No start carries a
 *          variance, since values are logarithms; y lies between the least and the largest product
 * Numerics the largest of weight and product together is taken out of every sum, so no finite input gives ±∞; a sum
 *          of nothing but -∞ is -∞, with derivative 0
 * Throws   ShapeError unless there is one input of rank >= 3 whose scopes are a multiple of `factors`; ValueError on
 *          units or factors below 1, an unknown combination, or more than 65536 products
 * Source   Poon and Domingos 2011, Sum-Product Networks (UAI); the form of layers: libspn-keras DenseProduct,
 *          ReduceProduct and DenseSum
 */
export const sumProductSpec: LayerSpec<SumProductConfig> = {
  name: 'sumProduct',
  title: 'Sum-product',
  formula: 's_gp = sum_(j<f) x[f g + j, d_j(p)]\ny_go = log sum_p softmax_p(logits[g, :, o])_p exp(s_gp)',
  source: 'Poon and Domingos 2011, Sum-Product Networks: A New Deep Architecture (UAI)',
  defaults: {
    factors: 2,
    combination: 'all',
    kernelInitializer: { kind: 'normal', mean: 0, stddev: 1 },
  },
  required: { units: 'number of sums per group of scopes' },
  samples: [
    { config: { units: 2 }, inputShapes: [[2, 3]] },
    { config: { units: 1, factors: 3, combination: 'aligned' }, inputShapes: [[2, 3, 2]] },
    { config: { units: 3, factors: 1 }, inputShapes: [[2, 2]] },
    { config: { units: 1, factors: 3 }, inputShapes: [[3, 2]] },
  ],
  largeSample: { config: { units: 5 }, batch: 33, inputShapes: [[6, 9]] },
  inputKind: 'fields',
  parameterFormula: '(F / factors) P units, P = D^factors, or D when aligned',
  parameterCount: ({ units, factors, combination }, [shape]) => {
    const [scopes, nodes] = shape.slice(-2);
    return (scopes / factors) * nodes ** (combination === 'all' ? factors : 1) * units;
  },
  isSmooth: true,
  degree: () => undefined,
  outputShape({ units, factors, combination }, inputShapes) {
    requireWhole('sumProduct', 'units', units, 1);
    requireWhole('sumProduct', 'factors', factors, 1);
    requireOneOf('sumProduct', 'combination', combination, ['all', 'aligned']);
    const shape = singleInput('sumProduct', inputShapes, 2);
    const [scopes, nodes] = shape.slice(-2);
    requireGroups(shape, factors);
    requireFewProducts(nodes, factors, combination);
    return [...shape.slice(0, -2), scopes / factors, units];
  },
  parameters({ units, factors, combination, kernelInitializer }, [shape]) {
    const [scopes, nodes] = shape.slice(-2);
    return [
      {
        name: 'logits',
        shape: [scopes / factors, productCount(nodes, factors, combination), units],
        role: 'kernel',
        initializer: kernelInitializer,
        fanAxes: { in: [1], out: [2] },
      },
    ];
  },
  forward({ config, inputs: [x], parameters: { logits } }) {
    const products = expandDims(combinations[config.combination](x, config.factors), -1);
    const logWeights = sub(logits, expandDims(logSumExp(logits, 1), 1));
    return { output: logSumExp(add(products, logWeights), -2) };
  },
};

/** [..., F, D] → [..., F / f, P] */
const combinations: { readonly [K in SumProductCombination]: (x: Node, factors: number) => Node } = {
  aligned: (x, factors) => sum(grouped(x, factors), -2),
  all: (x, factors) => {
    const groups = grouped(x, factors);
    const [nodes] = x.shape.slice(-1);
    const lead = groups.shape.slice(0, -2);
    const scope = (j: number) => reshape(sliceAxis(groups, -2, j, 1), [...lead, nodes]);
    let products = scope(0);
    for (let j = 1; j < factors; j++) {
      const pairs = add(expandDims(products, -1), expandDims(scope(j), -2));
      products = reshape(pairs, [...lead, nodes ** (j + 1)]);
    }
    return products;
  },
};

/** [..., F, D] → [..., F / f, f, D] */
function grouped(x: Node, factors: number): Node {
  const [scopes, nodes] = x.shape.slice(-2);
  return reshape(x, [...x.shape.slice(0, -2), scopes / factors, factors, nodes]);
}

const productCount = (nodes: number, factors: number, combination: SumProductCombination): number =>
  combination === 'all' ? nodes ** factors : nodes;

function requireGroups(shape: Shape, factors: number): void {
  const [scopes] = shape.slice(-2);
  if (scopes % factors === 0) return;
  throw new ShapeError({
    subject: 'sumProduct',
    expected: `a number of scopes, the last axis but one, that is a multiple of factors: ${factors}`,
    received: `${scopes} in ${formatBatched(shape)}`,
    fix: 'pad with scopes of log 1 = 0, or pass other factors',
  });
}

function requireFewProducts(nodes: number, factors: number, combination: SumProductCombination): void {
  const count = productCount(nodes, factors, combination);
  if (count <= productLimit) return;
  throw new ValueError({
    subject: 'sumProduct',
    expected: `at most ${productLimit} products of one group`,
    received: `${nodes}^${factors} = ${count}`,
    fix: "pass fewer factors, or combination: 'aligned'",
  });
}
