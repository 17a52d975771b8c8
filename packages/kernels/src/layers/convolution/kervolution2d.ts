import { add, square, ValueError } from '@polyneuron/graph';
import { activation } from '../../activations/activations.js';
import type { InitializerConfig } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { requireOneOf, requireWhole } from '../checks.js';
import { asPair } from '../stock/windows.js';
import {
  type ImagePatchConfig,
  imagePatchDefaults,
  imagePatches,
  imagePatchRequired,
  imagePatchShape,
  patchSize,
} from './imagePatches.js';
import { type PatchKernelName, patchKernels } from './patchKernels.js';
import { shiftedMoment, varianceForUnitPower } from './polynomialVariance.js';

export interface Kervolution2dConfig extends ImagePatchConfig {
  /** What takes the place of the product of window and weights. */
  readonly kernel: PatchKernelName;
  /** Exponent p of kernel 'polynomial'. */
  readonly degree: number;
  /** c of kernel 'polynomial', at least 0: the larger, the more weight on the lower orders. */
  readonly offset: number;
  /** γ of kernel 'gaussian', above 0; null for 1 / (kh·kw·C). */
  readonly gamma: number | null;
  /** Learn c or γ, as the square of the weight `rootConstant`: never negative, smooth, and c = 0 can be reached. */
  readonly learnConstant: boolean;
  /** 'random': kernelInitializer and biasInitializer. 'calibrated': see `kervolution2dSpec`. */
  readonly start: 'random' | 'calibrated';
}

/**
 * Kervolution: a convolution whose dot product of window x and filter w is another kernel function.
 *
 * y = activation(κ(x, w) + b)
 *
 * linear       κ = x·w                 polynomial   κ = (x·w + c)^degree
 * gaussian     κ = exp(-γ ‖x - w‖²)    sigmoid      κ = tanh(x·w)
 * l1           κ = Σ|x - w|            l2           κ = ‖x - w‖
 *
 * Shapes   x [B, H, W, C]; kernel [kh, kw, C, filters], bias [filters], rootConstant [1] → y [B, OH, OW, filters], OH
 *          and OW as in `conv2d`
 * Degree   1 for linear, `degree` for polynomial, none for the others
 * Cost     that of `conv2d` and some work for each output; l1 cannot be factored: 3·B·OH·OW·kh·kw·C·filters elementwise
 *          operations, and as many values of scratch on backends that do not fuse them into the sum
 * Start    'calibrated' (linear and polynomial): unit variance out for unit variance in, mean 0. With s = x·w normal of
 *          variance σ², σ² solves Var[(s + c)^degree] = 1, and the bias begins at -E[(s + c)^degree]
 * Numerics ‖x - w‖² is computed as ‖x‖² - 2 x·w + ‖w‖²: its absolute error is about 1e-7 (‖x‖² + ‖w‖²) in float32, so l2
 *          loses digits where window and filter nearly coincide; the derivative of l2 at x = w is 0 instead of NaN
 * Pitfalls γ = 1 of other libraries gives exp(-‖x - w‖²) ≈ e^(-kh·kw·C) for unit variance: nothing in float32 from 100
 *          values a window on. l1, l2 and gaussian outputs have one sign: normalise before the next layer.
 * Throws   ShapeError unless there is one input [B, H, W, C] that holds a window; ValueError on sizes below 1, unknown
 *          words, offset below 0, gamma not above 0, start 'calibrated' or learnConstant with a kernel that has none,
 *          and learnConstant from offset 0, where the derivative of the square is 0
 * Source   Wang et al. 2019, Kervolutional Neural Networks (CVPR)
 */
export const kervolution2dSpec: LayerSpec<Kervolution2dConfig> = {
  name: 'kervolution2d',
  title: 'Kervolution 2D',
  formula: [
    'y = activation(k(x, w) + b) for every window x',
    'linear: x.w',
    'polynomial: (x.w + c)^degree',
    'gaussian: exp(-gamma |x - w|^2)',
    'l1: sum |x - w|',
    'l2: |x - w|',
    'sigmoid: tanh(x.w)',
  ].join('\n'),
  source: 'Wang et al. 2019, Kervolutional Neural Networks',
  defaults: {
    ...imagePatchDefaults,
    kernel: 'polynomial',
    degree: 2,
    offset: 1,
    gamma: null,
    learnConstant: false,
    start: 'random',
  },
  required: imagePatchRequired,
  samples: [
    { config: { filters: 2, kernelSize: 2, activation: 'tanh' }, inputShapes: [[3, 3, 2]] },
    {
      config: { filters: 1, kernelSize: [3, 2], strides: 2, padding: 'same', degree: 3, learnConstant: true },
      inputShapes: [[4, 3, 1]],
    },
    {
      config: { filters: 2, kernelSize: 2, start: 'calibrated', degree: 1, offset: 0 },
      inputShapes: [[2, 3, 1]],
    },
    {
      config: { filters: 2, kernelSize: 2, kernel: 'gaussian', learnConstant: true },
      inputShapes: [[3, 2, 1]],
    },
    {
      config: { filters: 1, kernelSize: 2, kernel: 'gaussian', gamma: 0.5, dilationRate: 2 },
      inputShapes: [[3, 4, 1]],
    },
    { config: { filters: 2, kernelSize: [1, 2], kernel: 'l1' }, inputShapes: [[2, 2, 2]] },
    { config: { filters: 2, kernelSize: [2, 1], kernel: 'l2', useBias: false }, inputShapes: [[2, 2, 2]] },
    { config: { filters: 1, kernelSize: 1, kernel: 'sigmoid' }, inputShapes: [[1, 1, 1]] },
    { config: { filters: 1, kernelSize: 2, kernel: 'linear' }, inputShapes: [[2, 3, 1]] },
  ],
  largeSample: {
    config: { filters: 9, kernelSize: 3 },
    batch: 2,
    inputShapes: [[11, 10, 7]],
  },
  inputKind: 'image',
  starts: { calibrated: { kernel: 'polynomial', start: 'calibrated' }, identity: { kernel: 'linear' } },
  parameterFormula: '(kernelHeight kernelWidth channels + 1) filters, and 1 with learnConstant',
  parameterCount: ({ filters, kernelSize, useBias, learnConstant }, [[, , channels]]) =>
    (patchSize(kernelSize, channels) + (useBias ? 1 : 0)) * filters + (learnConstant ? 1 : 0),
  // l1 has kinks, and l2 one where a window equals a filter
  isSmooth: false,
  degree: ({ kernel, degree }) =>
    (({ linear: 1, polynomial: degree }) as Partial<Record<string, number>>)[kernel],
  outputShape(config, inputShapes) {
    requireOneOf('kervolution2d', 'kernel', config.kernel, Object.keys(patchKernels));
    requireOneOf('kervolution2d', 'start', config.start, ['random', 'calibrated']);
    requireWhole('kervolution2d', 'degree', config.degree, 1);
    requireConstants(config);
    return imagePatchShape('kervolution2d', config, inputShapes);
  },
  parameters(config, [[, , channels]]) {
    const { filters, kernelSize, useBias, learnConstant } = config;
    const laws = lawsOf(config);
    return [
      {
        name: 'kernel',
        shape: [...asPair(kernelSize), channels, filters],
        role: 'kernel',
        initializer: laws.kernel,
        fanAxes: { in: [0, 1, 2], out: [0, 1, 3] },
      },
      ...(useBias ? [{ name: 'bias', shape: [filters], role: 'bias', initializer: laws.bias } as const] : []),
      ...(learnConstant
        ? [
            {
              name: 'rootConstant',
              shape: [1],
              role: 'other',
              initializer: { kind: 'constant', value: Math.sqrt(constantOf(config, channels)) },
            } as const,
          ]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: { kernel, bias, rootConstant } }) {
    const constant = config.learnConstant ? square(rootConstant) : constantOf(config, x.shape[3]);
    const y = patchKernels[config.kernel](imagePatches(config, x), kernel, {
      degree: config.degree,
      constant,
    });
    return { output: activation(config.activation).apply(config.useBias ? add(y, bias) : y) };
  },
};

/** c or γ at the start. */
function constantOf({ kernel, offset, gamma, kernelSize }: Kervolution2dConfig, channels: number): number {
  return kernel === 'gaussian' ? (gamma ?? 1 / patchSize(kernelSize, channels)) : offset;
}

function lawsOf(config: Kervolution2dConfig): { kernel: InitializerConfig; bias: InitializerConfig } {
  if (config.start === 'random') return { kernel: config.kernelInitializer, bias: config.biasInitializer };
  const [degree, offset] = config.kernel === 'linear' ? [1, 0] : [config.degree, config.offset];
  const variance = varianceForUnitPower(degree, offset);
  return {
    kernel: { kind: 'varianceScaling', scale: variance, mode: 'fanIn', distribution: 'normal' },
    bias: { kind: 'constant', value: -shiftedMoment(degree, offset, variance) },
  };
}

function requireConstants({ kernel, offset, gamma, learnConstant, start }: Kervolution2dConfig): void {
  const refuse = (expected: string, received: string, fix: string): never => {
    throw new ValueError({ subject: 'kervolution2d', expected, received, fix });
  };
  if (!(offset >= 0 && Number.isFinite(offset)))
    refuse('offset to be a finite number of at least 0', String(offset), 'pass offset: 0 for x.w alone');
  if (gamma !== null && !(gamma > 0 && Number.isFinite(gamma)))
    refuse(
      'gamma to be null or a finite number above 0',
      String(gamma),
      'pass null for 1 / (values of a window)',
    );
  if (learnConstant && kernel !== 'polynomial' && kernel !== 'gaussian')
    refuse(
      "learnConstant with kernel 'polynomial' (c) or 'gaussian' (gamma)",
      `kernel '${kernel}'`,
      'leave learnConstant out: this kernel has no constant',
    );
  if (learnConstant && kernel === 'polynomial' && offset === 0)
    refuse('an offset above 0 with learnConstant', '0', 'start above 0: c = rootConstant² has slope 0 at 0');
  if (start === 'calibrated' && kernel !== 'polynomial' && kernel !== 'linear')
    refuse(
      "start 'calibrated' with kernel 'linear' or 'polynomial'",
      `kernel '${kernel}'`,
      "pass start: 'random' and normalise the output: this kernel has no law of unit variance",
    );
}
