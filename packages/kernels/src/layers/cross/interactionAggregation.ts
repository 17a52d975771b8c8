import { add, einsum, matMul, reshape, ShapeError, sizeOf } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, formatBatched, requireOneOf, requireWhole } from '../checks.js';
import { pairedInputs } from './crossInputs.js';
import { type CrossStart, crossStarts, fanInLaw, productShare } from './crossStart.js';

export interface InteractionAggregationConfig {
  readonly units: number;
  /** H: parts that both inputs are cut into; parts of one number multiply. A divisor of both widths. */
  readonly numHeads: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly start: CrossStart;
  /** Law of the kernels that the start does not set to 0; null: the law of the start. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Bilinear fusion of two streams, head by head: the last layer of FinalMLP.
 *
 * z_o = activation(x W_x + y W_y + Σ_h x_hᵀ W_h,o y_h + b)
 *
 * Inputs [x, y]: x_h and y_h are their h-th parts of equal length.
 *
 * Shapes   x [B, ..., m], y [B, ..., n]; kernelX [m, units], kernelY [n, units], kernelXY [H, m/H, n/H, units],
 *          bias [units] → z [B, ..., units]
 * Degree   2 in (x, y) together, 1 in each
 * Cost     2·B·units·(m + n + m·n/H) flops; units·(m + n + m·n/H + 1) parameters
 * Start    'calibrated': for independent unit-variance x and y the three sums have independent weights, so their
 *          variances add: 31/64 + 31/64 + 1/32 = 1, each law divided by the number of terms of its sum (m, n, m·n/H).
 *          'identity': kernelXY = 0, linear in [x, y].
 * Pitfalls one head has m·n·units products, more than both streams in most models; the streams must be of use alone,
 *          for with equal streams the products are only squares
 * Throws   ShapeError unless there are two inputs that differ in the last axis only and divide into heads; ValueError on
 *          sizes below 1 and on an unknown start
 * Source   Mao et al. 2023, FinalMLP: An Enhanced Two-Stream MLP Model for CTR Prediction; FuxiCTR
 *          `InteractionAggregation`, which has two biases where their sum is one
 */
export const interactionAggregationSpec: LayerSpec<InteractionAggregationConfig> = {
  name: 'interactionAggregation',
  title: 'Interaction aggregation',
  formula: 'z_o = activation(x W_x + y W_y + sum_h x_h^T W_{h,o} y_h + b)',
  source: 'Mao et al. 2023, FinalMLP: An Enhanced Two-Stream MLP Model for CTR Prediction',
  defaults: {
    numHeads: 1,
    activation: 'linear',
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2 }, inputShapes: [[3], [2]] },
    { config: { units: 1, numHeads: 2, activation: 'sigmoid' }, inputShapes: [[4], [2]] },
    {
      config: { units: 2, numHeads: 2, useBias: false, start: 'identity' },
      inputShapes: [
        [2, 1, 2],
        [2, 1, 4],
      ],
    },
  ],
  largeSample: {
    config: { units: 5, numHeads: 3, activation: 'tanh' },
    batch: 33,
    inputShapes: [[39], [33]],
  },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'identity' } },
  parameterFormula: 'units (m + n + m n / numHeads + 1)',
  parameterCount({ units, numHeads, useBias }, [x, y]) {
    const [m, n] = [featuresOf(x), featuresOf(y)];
    return units * (m + n + (m * n) / numHeads + (useBias ? 1 : 0));
  },
  isSmooth: true,
  degree: () => 2,
  outputShape({ units, numHeads, start }, inputShapes) {
    requireWhole('interactionAggregation', 'units', units, 1);
    requireWhole('interactionAggregation', 'numHeads', numHeads, 1);
    requireOneOf('interactionAggregation', 'start', start, crossStarts);
    const leading = pairedInputs('interactionAggregation', inputShapes, ['x', 'y'], 2);
    if (inputShapes.every((shape) => featuresOf(shape) % numHeads === 0)) return [...leading, units];
    throw new ShapeError({
      subject: 'interactionAggregation',
      expected: `features that divide into ${numHeads} heads`,
      received: inputShapes.map(formatBatched).join(' and '),
      fix: 'choose numHeads as a divisor of both widths',
    });
  },
  parameters(config, [x, y]) {
    const { units, numHeads, useBias, start, kernelInitializer, biasInitializer } = config;
    const [m, n] = [featuresOf(x), featuresOf(y)];
    const isIdentity = start === 'identity';
    const linearVariance = (isIdentity ? 1 : 1 - productShare) / 2;
    const kernel = (name: string, width: number): ParameterSpec => ({
      name,
      shape: [width, units],
      role: 'kernel',
      initializer: kernelInitializer ?? fanInLaw(linearVariance),
      fanAxes: { in: [0], out: [1] },
    });
    return [
      kernel('kernelX', m),
      kernel('kernelY', n),
      {
        name: 'kernelXY',
        shape: [numHeads, m / numHeads, n / numHeads, units],
        role: 'kernel',
        initializer: isIdentity ? initializers.zeros : (kernelInitializer ?? fanInLaw(productShare)),
        fanAxes: { in: [0, 1, 2], out: [3] },
        group: 'higherOrder',
      },
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [x, y], parameters: p }) {
    const { numHeads, units, useBias } = config;
    const leading = x.shape.slice(0, -1);
    const rows = sizeOf(leading);
    const heads = [x, y].map((node) => reshape(node, [rows, numHeads, featuresOf(node.shape) / numHeads]));
    const weighted = einsum('bhi,hijo->bhjo', heads[0], p.kernelXY);
    const products = reshape(einsum('bhjo,bhj->bo', weighted, heads[1]), [...leading, units]);
    const sums = add(add(matMul(x, p.kernelX), matMul(y, p.kernelY)), products);
    return { output: activation(config.activation).apply(useBias ? add(sums, p.bias) : sums) };
  },
};
