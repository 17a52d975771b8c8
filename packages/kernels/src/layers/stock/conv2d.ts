import { add, einsum, patches } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { imageInput, requireWhole } from '../checks.js';
import { asPair, type Extent2d, type Padding, requireWindow, windowGrid, windowsOf } from './windows.js';

export interface Conv2dConfig {
  /** Channels of the result. */
  readonly filters: number;
  readonly kernelSize: Extent2d;
  readonly strides: Extent2d;
  readonly padding: Padding;
  readonly dilationRate: Extent2d;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Convolution of images, channels last (a correlation, as everywhere in this field): windows, then one contraction.
 *
 * y[b,r,c,f] = activation(Σ_{i,j,k} x[b, r·s + i·d - p, c·s + j·d - p, k] kernel[i,j,k,f] + bias[f])
 *
 * Shapes   x [B, H, W, C], kernel [kh, kw, C, filters], bias [filters] → y [B, OH, OW, filters]; with padding 'same'
 *          OH = ⌈H / stride⌉ and the odd zero of the padding comes after, with 'valid' OH = ⌊(H - span) / stride⌋ + 1
 * Degree   1 in x
 * Cost     2·B·OH·OW·kh·kw·C·filters flops
 * Throws   ShapeError unless there is one input [B, H, W, C] that holds a window; ValueError on sizes below 1
 * Source   LeCun et al. 1989; options of Keras Conv2D (stride and dilation may differ from 1 together here)
 */
export const conv2dSpec: LayerSpec<Conv2dConfig> = {
  name: 'conv2d',
  title: 'Convolution 2D',
  formula: 'y[b,r,c,f] = activation(sum_ijk x[b,r+i,c+j,k] W[i,j,k,f] + bias[f])',
  source: 'LeCun et al. 1989, Backpropagation Applied to Handwritten Zip Code Recognition',
  defaults: {
    strides: 1,
    padding: 'valid',
    dilationRate: 1,
    activation: 'linear',
    useBias: true,
    kernelInitializer: initializers.glorotUniform,
    biasInitializer: initializers.zeros,
  },
  required: { filters: 'channels of the result', kernelSize: 'rows and columns of a window' },
  samples: [
    { config: { filters: 2, kernelSize: 2 }, inputShapes: [[3, 3, 2]] },
    {
      config: { filters: 1, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'tanh' },
      inputShapes: [[4, 3, 1]],
    },
    { config: { filters: 2, kernelSize: 2, dilationRate: 2, useBias: false }, inputShapes: [[4, 3, 1]] },
    { config: { filters: 1, kernelSize: 1 }, inputShapes: [[1, 1, 1]] },
  ],
  largeSample: {
    config: { filters: 9, kernelSize: 3, activation: 'softplus' },
    batch: 2,
    inputShapes: [[14, 13, 7]],
  },
  inputKind: 'image',
  parameterFormula: 'kernelHeight kernelWidth channels filters + filters',
  parameterCount: ({ filters, kernelSize, useBias }, [[, , channels]]) => {
    const [height, width] = asPair(kernelSize);
    return (height * width * channels + (useBias ? 1 : 0)) * filters;
  },
  isSmooth: true,
  degree: () => 1,
  outputShape(config, inputShapes) {
    const { filters, kernelSize, strides, dilationRate, padding } = config;
    requireWhole('conv2d', 'filters', filters, 1);
    requireWindow('conv2d', { kernelSize, strides, dilationRate }, padding);
    const [height, width] = imageInput('conv2d', inputShapes);
    return [...windowGrid('conv2d', windowConfig(config), height, width), filters];
  },
  parameters({ filters, kernelSize, useBias, kernelInitializer, biasInitializer }, [[, , channels]]) {
    return [
      {
        name: 'kernel',
        shape: [...asPair(kernelSize), channels, filters],
        role: 'kernel',
        initializer: kernelInitializer,
        fanAxes: { in: [0, 1, 2], out: [0, 1, 3] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [filters], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: { kernel, bias } }) {
    const { window, ...options } = windowsOf(windowConfig(config), x.shape[1], x.shape[2]);
    const linear = einsum('bhwijc,ijcf->bhwf', patches(x, window, options), kernel);
    return { output: activation(config.activation).apply(config.useBias ? add(linear, bias) : linear) };
  },
};

function windowConfig({ kernelSize, strides, dilationRate, padding }: Conv2dConfig) {
  return { window: kernelSize, strides, dilations: dilationRate, padding };
}
