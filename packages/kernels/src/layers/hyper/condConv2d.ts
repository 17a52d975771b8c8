import { add, einsum, matMul, mean, patches, reshape, type Shape, ShapeError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, formatBatched, requireWhole } from '../checks.js';
import {
  asPair,
  type Extent2d,
  type Padding,
  requireWindow,
  windowGrid,
  windowsOf,
} from '../stock/windows.js';
import {
  type RoutingConfig,
  requireRouting,
  routedLaw,
  routeExperts,
  routingDefaults,
  routingParameters,
} from './routing.js';

export interface CondConv2dConfig extends RoutingConfig {
  /** Channels of the result. */
  readonly filters: number;
  readonly kernelSize: Extent2d;
  readonly strides: Extent2d;
  readonly padding: Padding;
  readonly dilationRate: Extent2d;
  readonly activation: ActivationName;
  /** Give every expert a bias; the routing always has one. */
  readonly useBias: boolean;
}

/**
 * Convolution whose kernel is a mixture of experts, mixed for each image: one convolution at the cost of one.
 *
 * y[b] = activation(x[b] * Σ_k a[b,k] W_k + Σ_k a[b,k] b_k),   * the convolution of `conv2d`
 * a[b] = routing((z[b] routingKernel + routingBias) / temperature),   z[b] = mean of x[b] over rows and columns
 *
 * Inputs [x], or [x, z] with z [B, m] in place of the mean. Equal to Σ_k a[b,k] (x[b] * W_k + b_k), at 1/E of its cost.
 *
 * Shapes   x [B, H, W, C], z [B, m]; kernel [experts, kh, kw, C, filters], bias [experts, filters], routingKernel
 *          [m, experts] with m = C without z, routingBias [experts] → y [B, OH, OW, filters], OH and OW as in `conv2d`
 * Degree   none: the routing is no polynomial; 1 with one expert under softmax, whose share is 1
 * Cost     2·B·kh·kw·C·filters·(OH·OW + E) flops; the mixed kernels take B·kh·kw·C·filters floats
 * Start    as in `condDense`: equal shares, kernels of variance 4 / (E fanIn) for sigmoid and E / fanIn for softmax,
 *          fanIn = kh·kw·C
 * Pitfalls softmax picks one expert early and starves the others: begin with temperature 30, as the source does; fans
 *          of the whole five-axis kernel would count the experts
 * Throws   ShapeError unless the inputs are an image that holds a window, and maybe z; ValueError on sizes below 1, an
 *          unknown routing, a temperature that is not above 0
 * Source   Yang et al. 2019, CondConv (sigmoid); Chen et al. 2020, Dynamic Convolution: Attention over Convolution
 *          Kernels (softmax with temperature)
 */
export const condConv2dSpec: LayerSpec<CondConv2dConfig> = {
  name: 'condConv2d',
  title: 'Conditional convolution 2D',
  formula:
    'y = activation(conv(x, sum_k a_k W_k) + sum_k a_k b_k)\na = routing((mean of x over the image, R) / temperature)',
  source: 'Yang et al. 2019, CondConv: Conditionally Parameterized Convolutions for Efficient Inference',
  defaults: {
    ...routingDefaults,
    strides: 1,
    padding: 'valid',
    dilationRate: 1,
    activation: 'linear',
    useBias: true,
  },
  required: { filters: 'channels of the result', kernelSize: 'rows and columns of a window' },
  samples: [
    { config: { filters: 2, kernelSize: 2, experts: 2 }, inputShapes: [[3, 3, 2]] },
    {
      config: {
        filters: 1,
        kernelSize: [3, 2],
        strides: 2,
        padding: 'same',
        experts: 3,
        routing: 'softmax',
        temperature: 4,
        activation: 'tanh',
      },
      inputShapes: [[4, 3, 1], [2]],
    },
    {
      config: { filters: 2, kernelSize: 2, dilationRate: 2, experts: 1, routing: 'softmax', useBias: false },
      inputShapes: [[3, 4, 1]],
    },
  ],
  largeSample: {
    config: { filters: 9, kernelSize: 3, experts: 3, activation: 'softplus' },
    batch: 2,
    inputShapes: [[12, 11, 7]],
  },
  inputKind: 'image',
  starts: { calibrated: {}, identity: {} },
  parameterFormula: 'experts (kernelHeight kernelWidth channels filters + filters) + (m + 1) experts',
  parameterCount: ({ filters, kernelSize, experts, useBias }, [x, z = x]) => {
    const [height, width] = asPair(kernelSize);
    return experts * ((height * width * featuresOf(x) + (useBias ? 1 : 0)) * filters + featuresOf(z) + 1);
  },
  isSmooth: true,
  degree: ({ experts, routing }) => (experts === 1 && routing === 'softmax' ? 1 : undefined),
  outputShape(config, inputShapes) {
    const { filters, kernelSize, strides, dilationRate, padding } = config;
    requireWhole('condConv2d', 'filters', filters, 1);
    requireWindow('condConv2d', { kernelSize, strides, dilationRate }, padding);
    requireRouting('condConv2d', config);
    const [height, width] = routedImage(inputShapes);
    return [...windowGrid('condConv2d', windowConfig(config), height, width), filters];
  },
  parameters(config, [x, z = x]) {
    const { filters, kernelSize, experts, useBias, biasInitializer } = config;
    return [
      {
        name: 'kernel',
        shape: [experts, ...asPair(kernelSize), featuresOf(x), filters],
        role: 'kernel',
        initializer: routedLaw(config),
        fanAxes: { in: [1, 2, 3], out: [1, 2, 4] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [experts, filters], role: 'bias', initializer: biasInitializer } as const]
        : []),
      ...routingParameters(config, featuresOf(z)),
    ];
  },
  forward({ config, inputs: [x, z = mean(x, [1, 2])], parameters: p }) {
    const shares = routeExperts(config, z, p);
    const { window, ...options } = windowsOf(windowConfig(config), x.shape[1], x.shape[2]);
    const kernels = einsum('be,eijcf->bijcf', shares, p.kernel);
    const linear = einsum('bhwijc,bijcf->bhwf', patches(x, window, options), kernels);
    const bias = config.useBias
      ? reshape(matMul(shares, p.bias), [x.shape[0], 1, 1, config.filters])
      : undefined;
    return { output: activation(config.activation).apply(bias === undefined ? linear : add(linear, bias)) };
  },
};

function windowConfig({ kernelSize, strides, dilationRate, padding }: CondConv2dConfig) {
  return { window: kernelSize, strides, dilations: dilationRate, padding };
}

/** Height and width of the image. */
function routedImage(inputShapes: readonly Shape[]): Shape {
  const [x, z] = inputShapes;
  const isCountRight = inputShapes.length === 1 || inputShapes.length === 2;
  if (isCountRight && x.length === 3 && (z === undefined || z.length === 1)) return x.slice(0, 2);
  throw new ShapeError({
    subject: 'condConv2d',
    expected: 'inputs [x] or [x, z], x [batch, height, width, channels] and z [batch, m]',
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: 'reshape the image to four axes, channels last, and z to two',
  });
}
