import { add, einsum, mul, type Node, reshape, sum } from '@polyneuron/graph';
import { activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { requireOneOf, requireWhole } from '../checks.js';
import { higherOrderShare } from '../quadratic/quadraticStart.js';
import { asPair } from '../stock/windows.js';
import {
  correlate,
  flatImagePatches,
  type ImagePatchConfig,
  imagePatchDefaults,
  imagePatches,
  imagePatchRequired,
  imagePatchShape,
  patchSize,
} from './imagePatches.js';
import { pairForm } from './pairForm.js';

export interface Volterra2dConfig extends ImagePatchConfig {
  /** Rank r of the second order, Σ_k (x·u_k)(x·v_k); null for all pairs. */
  readonly rank: number | null;
  /** See `volterra2dSpec`. */
  readonly start: 'linear' | 'random' | 'calibrated';
}

/**
 * Volterra convolution of second order: a convolution and a quadratic form of every window x of p = kh·kw·C values.
 *
 * y = activation(b + Σ_i w_i x_i + Σ_{i<=j} w_ij x_i x_j)
 *
 * With rank r the last sum is Σ_k (x·u_k)(x·v_k): a form of rank at most 2r. Values of a window are numbered row by
 * row, channels last; pairs (0, 0), (0, 1), ..., (1, 1), ...
 *
 * Shapes   x [B, H, W, C]; kernel [kh, kw, C, filters], kernelPairs [p(p+1)/2, filters] or kernelLeft and kernelRight
 *          [kh, kw, C, rank, filters], bias [filters] → y [B, OH, OW, filters], OH and OW as in `conv2d`
 * Degree   2 in x
 * Cost     a position: with all pairs p²·filters flops by way of products, or 2·p²·filters with less scratch by way of
 *          contractions (`pairForm` takes the cheaper, and never forms the p² products of both orders); with a rank
 *          4·p·rank·filters
 * Start    'linear': the second order is 0 (with a rank: v = 0), so that the layer equals `conv2d` at the first step.
 *          'calibrated': for independent inputs of the standard normal law E[y²] = 1, all but 1/64 of it linear; each
 *          pair has E[x_i² x_j²] = 1 and each square E[x_i⁴] = 3, together p(p+5)/2 times their variance, and
 *          E[(x·u)²(x·v)²] = (1 + 2/p) Var u Var v p². 'random': all kernels by kernelInitializer.
 * Numerics as in `quadDense`, stacks of 'random' grow or vanish doubly exponentially with depth
 * Throws   ShapeError unless there is one input [B, H, W, C] that holds a window; ValueError on sizes or a rank below 1,
 *          or unknown words
 * Source   Zoumpourlis et al. 2017, Non-linear Convolution Filters for CNN-based Learning (ICCV)
 *
 * @example
 * // A 1 x 2 window [x0, x1], w = [0, 0], pairs [0, 1, 0]: y = x0 x1
 */
export const volterra2dSpec: LayerSpec<Volterra2dConfig> = {
  name: 'volterra2d',
  title: 'Volterra convolution 2D',
  formula: 'y = activation(b + sum_i w_i x_i + sum_(i<=j) w_ij x_i x_j) for every window x',
  source: 'Zoumpourlis et al. 2017, Non-linear Convolution Filters for CNN-based Learning',
  defaults: { ...imagePatchDefaults, rank: null, start: 'linear' },
  required: imagePatchRequired,
  samples: [
    { config: { filters: 2, kernelSize: 2 }, inputShapes: [[3, 3, 1]] },
    {
      config: { filters: 3, kernelSize: [1, 2], start: 'random', activation: 'tanh' },
      inputShapes: [[2, 3, 1]],
    },
    {
      config: {
        filters: 1,
        kernelSize: [3, 2],
        strides: 2,
        padding: 'same',
        start: 'calibrated',
        useBias: false,
      },
      inputShapes: [[4, 3, 1]],
    },
    { config: { filters: 2, kernelSize: 2, rank: 2, dilationRate: 2 }, inputShapes: [[3, 4, 2]] },
    { config: { filters: 1, kernelSize: 1, rank: 1, start: 'calibrated' }, inputShapes: [[1, 1, 1]] },
  ],
  largeSample: { config: { filters: 5, kernelSize: 3 }, batch: 3, inputShapes: [[9, 8, 2]] },
  inputKind: 'image',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'linear' } },
  parameterFormula:
    'p = kernelHeight kernelWidth channels: (p + p (p + 1) / 2 + 1) filters, or (p + 2 p rank + 1) filters',
  parameterCount({ filters, kernelSize, useBias, rank }, [[, , channels]]) {
    const p = patchSize(kernelSize, channels);
    return (p + (rank === null ? (p * (p + 1)) / 2 : 2 * p * rank) + (useBias ? 1 : 0)) * filters;
  },
  isSmooth: true,
  degree: () => 2,
  outputShape(config, inputShapes) {
    requireOneOf('volterra2d', 'start', config.start, ['linear', 'random', 'calibrated']);
    if (config.rank !== null) requireWhole('volterra2d', 'rank', config.rank, 1);
    return imagePatchShape('volterra2d', config, inputShapes);
  },
  parameters(config, [[, , channels]]) {
    const { filters, kernelSize, useBias, rank, biasInitializer } = config;
    const window = [...asPair(kernelSize), channels];
    const size = patchSize(kernelSize, channels);
    const laws = lawsOf(config, size);
    const factor = (name: string, initializer: InitializerConfig): ParameterSpec => ({
      name,
      shape: [...window, rank ?? 0, filters],
      role: 'kernel',
      initializer,
      fanAxes: { in: [0, 1, 2], out: [0, 1, 4] },
      group: 'higherOrder',
    });
    return [
      {
        name: 'kernel',
        shape: [...window, filters],
        role: 'kernel',
        initializer: laws.linear,
        fanAxes: { in: [0, 1, 2], out: [0, 1, 3] },
      },
      ...(rank === null
        ? [
            {
              name: 'kernelPairs',
              shape: [(size * (size + 1)) / 2, filters],
              role: 'kernel',
              initializer: laws.pairs,
              fanAxes: { in: [0], out: [1] },
              group: 'higherOrder',
            } as const,
          ]
        : [factor('kernelLeft', laws.left), factor('kernelRight', laws.right)]),
      ...(useBias
        ? [{ name: 'bias', shape: [filters], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: p }) {
    const linear = correlate(imagePatches(config, x), p.kernel);
    const second =
      config.rank === null
        ? pairForm(flatImagePatches(config, x), p.kernelPairs)
        : factoredForm(flatImagePatches(config, x), p.kernelLeft, p.kernelRight);
    const y = add(linear, second);
    return { output: activation(config.activation).apply(config.useBias ? add(y, p.bias) : y) };
  },
};

/** Σ_k (x·u_k)(x·v_k) */
function factoredForm(x: Node, left: Node, right: Node): Node {
  const project = (factors: Node) =>
    einsum('bhwp,prf->bhwrf', x, reshape(factors, [x.shape[3], ...factors.shape.slice(3)]));
  return sum(mul(project(left), project(right)), 3);
}

type Laws = Readonly<Record<'linear' | 'pairs' | 'left' | 'right', InitializerConfig>>;

function lawsOf({ start, rank, kernelInitializer: given }: Volterra2dConfig, size: number): Laws {
  const { zeros } = initializers;
  if (start === 'linear') return { linear: given, pairs: zeros, left: given, right: zeros };
  if (start === 'random') return { linear: given, pairs: given, left: given, right: given };
  return {
    linear: fanIn(1 - higherOrderShare),
    // The fan in of the packed kernel is p(p+1)/2, the sum of its moments p(p+5)/2
    pairs: fanIn((higherOrderShare * (size + 1)) / (size + 5)),
    left: fanIn(1),
    right: fanIn(higherOrderShare / ((rank ?? 1) * (1 + 2 / size))),
  };
}

/** Normal with variance `variance` / fan in. */
function fanIn(variance: number): InitializerConfig {
  return { kind: 'varianceScaling', scale: variance, mode: 'fanIn', distribution: 'normal' };
}
