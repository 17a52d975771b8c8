import {
  add,
  einsum,
  mul,
  type Node,
  reshape,
  type Shape,
  ShapeError,
  square,
  ValueError,
} from '@polyneuron/graph';
import { activation } from '../../activations/activations.js';
import type { LayerSpec } from '../../layerSpec.js';
import { requireOneOf, requireWhole } from '../checks.js';
import {
  type QuadraticStart,
  quadraticStarts,
  type StartWeight,
  startParameter,
} from '../quadratic/quadraticStart.js';
import { type QuadDenseVariant, quadVariants } from '../quadratic/quadVariants.js';
import { asPair } from '../stock/windows.js';
import {
  correlate,
  type ImagePatchConfig,
  imagePatchDefaults,
  imagePatches,
  imagePatchRequired,
  imagePatchShape,
  patchSize,
} from './imagePatches.js';

/** The variants of `quadDense` that are made of convolutions; `volterra2d` has the others. */
export type QuadConv2dVariant = Extract<QuadDenseVariant, 'fan' | 'product' | 'quadralib' | 'square'>;

export interface QuadConv2dConfig extends ImagePatchConfig {
  readonly variant: QuadConv2dVariant;
  /** Channels are split into so many groups, and filters see one each; the number of channels makes it depthwise. */
  readonly groups: number;
  /** As in `quadDense`, whose inputs are the values of a window. */
  readonly start: QuadraticStart;
}

/** Convolution of the windows, or of their squares, with the kernel of this name. */
type Convolve = (kernel: string) => Node;
type Bias = (name: string, y: Node) => Node;

const variants: {
  readonly [K in QuadConv2dVariant]: (ofX: Convolve, ofSquares: Convolve, plus: Bias) => Node;
} = {
  fan: (ofX, ofSquares, plus) => plus('biasC', add(affineProduct(ofX, plus), ofSquares('kernelB'))),
  product: (ofX, _, plus) => affineProduct(ofX, plus),
  quadralib: (ofX, _, plus) => add(mul(ofX('kernelR'), ofX('kernelG')), plus('biasL', ofX('kernelL'))),
  square: (ofX, ofSquares, plus) => add(ofSquares('kernelB'), plus('biasL', ofX('kernelL'))),
};

/**
 * Quadratic convolution: the quadratic neuron on every window of an image.
 *
 * fan         y = activation((W_r ∗ x + b_r) ⊙ (W_g ∗ x + b_g) + W_b ∗ x² + c)      the default
 * product     y = activation((W_r ∗ x + b_r) ⊙ (W_g ∗ x + b_g))
 * quadralib   y = activation((W_r ∗ x) ⊙ (W_g ∗ x) + W_l ∗ x + b_l)
 * square      y = activation(W_b ∗ x² + W_l ∗ x + b_l)
 *
 * Shapes   x [B, H, W, C]; kernels [kh, kw, C / groups, filters]; biases [filters] → y [B, OH, OW, filters], OH and OW
 *          as in `conv2d`
 * Degree   2 in x
 * Cost     2·B·OH·OW·kh·kw·(C / groups)·filters flops for each kernel, as `conv2d` has once; the windows are shared
 * Start    those of `quadDense`, with n = kh·kw·C / groups: 'relinear' equals `conv2d` at the first step and learns its
 *          products from there; 'calibrated' has unit variance out for unit variance in
 * Numerics stacks of 'random' are unstable, as those of `quadDense` are; the zeros of padding 'same' lower the variance
 *          at the border
 * Pitfalls weight decay that pulls b_g from 1 to 0 switches the linear path of fan and product off
 * Throws   ShapeError unless there is one input [B, H, W, C] that holds a window and whose channels the groups divide;
 *          ValueError on sizes below 1, unknown words, groups that do not divide filters, or a linear start of fan or
 *          product without biases
 * Source   Fan, Xiong and Wang 2018, Eq. (1), on windows; quadralib (here without its three batch norms), product and
 *          square: Xu et al. 2022, QuadraLib; the linear start: ReLinear, arXiv 2110.06081
 */
export const quadConv2dSpec: LayerSpec<QuadConv2dConfig> = {
  name: 'quadConv2d',
  title: 'Quadratic convolution 2D',
  formula: [
    'y = activation((W_r * x + b_r) (W_g * x + b_g) + W_b * x^2 + c), * a convolution',
    'variant product: y = activation((W_r * x + b_r) (W_g * x + b_g))',
    'variant quadralib: y = activation((W_r * x) (W_g * x) + W_l * x + b_l)',
    'variant square: y = activation(W_b * x^2 + W_l * x + b_l)',
  ].join('\n'),
  source:
    'Fan, Xiong and Wang 2018, Universal Approximation with Quadratic Deep Networks, Eq. (1), on windows',
  defaults: { ...imagePatchDefaults, variant: 'fan', groups: 1, start: 'relinear' },
  required: imagePatchRequired,
  samples: [
    { config: { filters: 2, kernelSize: 2 }, inputShapes: [[3, 3, 2]] },
    {
      config: {
        filters: 2,
        kernelSize: [3, 2],
        strides: 2,
        padding: 'same',
        start: 'calibrated',
        activation: 'tanh',
      },
      inputShapes: [[4, 3, 1]],
    },
    {
      config: {
        filters: 1,
        kernelSize: 2,
        dilationRate: 2,
        variant: 'quadralib',
        useBias: false,
        start: 'random',
      },
      inputShapes: [[4, 3, 1]],
    },
    { config: { filters: 4, kernelSize: [1, 2], variant: 'product', groups: 2 }, inputShapes: [[2, 3, 4]] },
    { config: { filters: 1, kernelSize: 1, variant: 'square' }, inputShapes: [[1, 1, 1]] },
  ],
  largeSample: {
    config: { filters: 5, kernelSize: 3, activation: 'softplus' },
    batch: 2,
    inputShapes: [[11, 10, 7]],
  },
  inputKind: 'image',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'relinear' } },
  parameterFormula:
    'n = kernelHeight kernelWidth channels / groups: fan 3 (n + 1) filters; product 2 (n + 1) filters; quadralib (3 n + 1) filters; square (2 n + 1) filters',
  parameterCount: ({ filters, kernelSize, useBias, variant, groups }, [[, , channels]]) => {
    const n = patchSize(kernelSize, channels) / groups;
    const one = useBias ? 1 : 0;
    const perFilter = {
      fan: 3 * (n + one),
      product: 2 * (n + one),
      quadralib: 3 * n + one,
      square: 2 * n + one,
    }[variant];
    return perFilter * filters;
  },
  isSmooth: true,
  degree: () => 2,
  outputShape(config, inputShapes) {
    requireOneOf('quadConv2d', 'variant', config.variant, Object.keys(variants));
    requireOneOf('quadConv2d', 'start', config.start, quadraticStarts);
    requireBiases(config);
    const shape = imagePatchShape('quadConv2d', config, inputShapes);
    requireGroups(config, inputShapes[0]);
    return shape;
  },
  parameters(config, [[, , channels]]) {
    const { filters, kernelSize, groups, useBias, variant } = config;
    const window = [...asPair(kernelSize), channels / groups];
    const sizes = { inputs: patchSize(kernelSize, channels / groups), units: filters, rank: 1 };
    return quadVariants[variant]
      .weights(sizes, useBias)
      .map((weight) => startParameter(onWindow(weight, window), config));
  },
  forward({ config, inputs: [x], parameters: p }) {
    const windows = imagePatches(config, x);
    const convolve = (of: Node) => (kernel: string) => correlateGroups(of, p[kernel], config.groups);
    const y = variants[config.variant](convolve(windows), convolve(square(windows)), (bias, value) =>
      config.useBias ? add(value, p[bias]) : value,
    );
    return { output: activation(config.activation).apply(y) };
  },
};

function affineProduct(ofX: Convolve, plus: Bias): Node {
  return mul(plus('biasR', ofX('kernelR')), plus('biasG', ofX('kernelG')));
}

/** A kernel [n, units] of `quadDense` as [kh, kw, C, units], with the same law: n are the values of a window. */
function onWindow(weight: StartWeight, window: Shape): StartWeight {
  if (weight.role !== 'kernel') return weight;
  return { ...weight, shape: [...window, weight.shape[1]], fanAxes: { in: [0, 1, 2], out: [0, 1, 3] } };
}

/** Filter f sees the channels of group ⌊f / (F / groups)⌋ alone. */
function correlateGroups(windows: Node, kernel: Node, groups: number): Node {
  if (groups === 1) return correlate(windows, kernel);
  const [height, width, channels, filters] = kernel.shape;
  const grid = windows.shape.slice(0, 3);
  const y = einsum(
    'bhwijgc,ijcgf->bhwgf',
    reshape(windows, [...grid, height, width, groups, channels]),
    reshape(kernel, [height, width, channels, groups, filters / groups]),
  );
  return reshape(y, [...grid, filters]);
}

function requireBiases({ start, useBias, variant }: QuadConv2dConfig): void {
  const isLinear = start === 'relinear' || start === 'calibrated';
  if (!isLinear || useBias || !quadVariants[variant].isLinearThroughBias) return;
  throw new ValueError({
    subject: 'quadConv2d',
    expected: `useBias: true with start '${start}', whose linear path is the bias b_g = 1`,
    received: 'useBias: false',
    fix: "pass start: 'random', or keep the biases, or take a variant with a kernelL such as 'quadralib'",
  });
}

function requireGroups({ groups, filters }: QuadConv2dConfig, [, , channels]: Shape): void {
  requireWhole('quadConv2d', 'groups', groups, 1);
  if (filters % groups !== 0) {
    throw new ValueError({
      subject: 'quadConv2d',
      expected: `groups to divide the ${filters} filters`,
      received: String(groups),
      fix: 'pass a number of filters that is a multiple of groups',
    });
  }
  if (channels % groups === 0) return;
  throw new ShapeError({
    subject: 'quadConv2d',
    expected: `a number of channels that groups: ${groups} divides`,
    received: String(channels),
    fix: 'pass groups that divide the channels, 1 for all of them at once',
  });
}
