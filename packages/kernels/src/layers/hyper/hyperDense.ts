import { add, matMul, type Node, reshape, type Shape, ShapeError, sizeOf } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, formatBatched, requireWhole } from '../checks.js';
import { applyTaskNetwork, meanTaskFanIn, type TaskNetwork, taskWeightCount } from './taskNetwork.js';

export interface HyperDenseConfig {
  /** Outputs of the generated network. */
  readonly units: number;
  /** Units of the hypernetwork's hidden layer; 0 leaves it out, and the weights are an affine map of z. */
  readonly hiddenUnits: number;
  readonly hiddenActivation: ActivationName;
  /** Units of hidden layers of the generated network; none makes it one dense layer. */
  readonly taskHiddenUnits: readonly number[];
  /** Between layers of the generated network. */
  readonly taskActivation: ActivationName;
  /** Of the output. */
  readonly activation: ActivationName;
  /** Generate biases as well as kernels. The hypernetwork itself always has biases. */
  readonly useBias: boolean;
  /** Generate each kernel as a product of [n, rank] and [rank, units]: fewer weights to emit. null: whole kernels. */
  readonly rank: number | null;
  /** Law of hiddenKernel. */
  readonly kernelInitializer: InitializerConfig;
  /** Law of emissionKernel; null: uniform with variance 1 / (fanIn · mean fan-in of the generated kernels). */
  readonly emissionInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Dense layer, or small dense network, whose weights another network computes from each sample.
 *
 * h[b] = hiddenActivation(z[b] hiddenKernel + hiddenBias)
 * θ[b] = h[b] emissionKernel + emissionBias                       one weight set per sample, kernel then bias per layer
 * y[b] = activation(task(x[b]; θ[b])),   without taskHiddenUnits  y[b] = activation(x[b] W[b] + b[b])
 *
 * Inputs [x] (then z = x) or [x, z] with equal leading axes. Trained end to end: no step cuts the gradient, unlike
 * the Task/Lift training of seed 002, whose sizes are { units: 1, taskHiddenUnits: [5], hiddenUnits: 10 }: 326
 * parameters for x [B, 3].
 *
 * Shapes   x [B, ..., n], z [B, ..., m]; hiddenKernel [m, hiddenUnits], hiddenBias [hiddenUnits], emissionKernel
 *          [hiddenUnits, P], emissionBias [P], P = weights of the generated network → y [B, ..., units]
 * Degree   1 + number of generated matrices in (x, z), when every inner activation is linear
 * Cost     2·B·(m·hiddenUnits + hiddenUnits·P + P) flops; θ takes B·P floats
 * Start    the emission law is hyperfan-in (Chang, Flokas and Lipson 2020) averaged over the generated kernels: with
 *          E[h²] ≈ 1 the generated kernels keep the variance of x. Glorot instead, as Keras would draw it, gives them
 *          a variance that ignores their own fan-in.
 * Throws   ShapeError unless the inputs are x, or x and z with equal leading axes; ValueError on sizes below 1
 * Source   Ha, Dai and Le 2016, HyperNetworks; seed 002 for weights per sample; the low-rank form: Yan et al. 2022, APG
 */
export const hyperDenseSpec: LayerSpec<HyperDenseConfig> = {
  name: 'hyperDense',
  title: 'Hypernetwork dense',
  formula: 'theta[b] = hiddenActivation(z[b] W_h + b_h) W_e + b_e\ny[b] = activation(task(x[b]; theta[b]))',
  source: 'Ha, Dai and Le 2016, HyperNetworks',
  defaults: {
    hiddenUnits: 16,
    hiddenActivation: 'relu',
    taskHiddenUnits: [],
    taskActivation: 'relu',
    activation: 'linear',
    useBias: true,
    rank: null,
    kernelInitializer: initializers.glorotUniform,
    emissionInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2, hiddenUnits: 3, hiddenActivation: 'tanh' }, inputShapes: [[3]] },
    { config: { units: 2, hiddenUnits: 0 }, inputShapes: [[2], [3]] },
    {
      config: {
        units: 1,
        hiddenUnits: 4,
        hiddenActivation: 'tanh',
        taskHiddenUnits: [2],
        taskActivation: 'sigmoid',
      },
      inputShapes: [[3]],
    },
    {
      config: { units: 2, hiddenUnits: 0, rank: 1, useBias: false, activation: 'softplus' },
      inputShapes: [
        [2, 1],
        [2, 2],
      ],
    },
    { config: { units: 1, hiddenUnits: 1, hiddenActivation: 'linear' }, inputShapes: [[2, 1, 1]] },
  ],
  largeSample: {
    config: { units: 5, hiddenUnits: 24, hiddenActivation: 'tanh' },
    batch: 65,
    inputShapes: [[9]],
  },
  inputKind: 'features',
  starts: { calibrated: {} },
  parameterFormula:
    '(m + 1) hiddenUnits + (hiddenUnits + 1) P, P weights of the generated network; (m + 1) P without a hidden layer',
  parameterCount: (config, [x, z = x]) => {
    const size = taskWeightCount(taskNetworkOf(config, featuresOf(x)));
    const { hiddenUnits } = config;
    return hiddenUnits === 0
      ? (featuresOf(z) + 1) * size
      : (featuresOf(z) + 1) * hiddenUnits + (hiddenUnits + 1) * size;
  },
  isSmooth: true,
  degree({ hiddenUnits, hiddenActivation, taskHiddenUnits, taskActivation, rank }) {
    const isPolynomial =
      (hiddenUnits === 0 || hiddenActivation === 'linear') &&
      (taskHiddenUnits.length === 0 || taskActivation === 'linear');
    return isPolynomial ? 1 + (taskHiddenUnits.length + 1) * (rank === null ? 1 : 2) : undefined;
  },
  outputShape({ units, hiddenUnits, taskHiddenUnits, rank }, inputShapes) {
    requireWhole('hyperDense', 'units', units, 1);
    requireWhole('hyperDense', 'hiddenUnits', hiddenUnits, 0);
    for (const width of taskHiddenUnits) requireWhole('hyperDense', 'every one of taskHiddenUnits', width, 1);
    if (rank !== null) requireWhole('hyperDense', 'rank', rank, 1);
    return [...leadingAxes(inputShapes), units];
  },
  parameters(config, [x, z = x]) {
    const network = taskNetworkOf(config, featuresOf(x));
    const size = taskWeightCount(network);
    const emissionLaw = config.emissionInitializer ?? {
      kind: 'varianceScaling',
      scale: 1 / meanTaskFanIn(network),
      mode: 'fanIn',
      distribution: 'uniform',
    };
    const affine = (
      name: string,
      rows: number,
      columns: number,
      initializer: InitializerConfig,
    ): ParameterSpec[] => [
      {
        name: `${name}Kernel`,
        shape: [rows, columns],
        role: 'kernel',
        initializer,
        fanAxes: { in: [0], out: [1] },
      },
      { name: `${name}Bias`, shape: [columns], role: 'bias', initializer: config.biasInitializer },
    ];
    const { hiddenUnits } = config;
    const m = featuresOf(z);
    return hiddenUnits === 0
      ? affine('emission', m, size, emissionLaw)
      : [
          ...affine('hidden', m, hiddenUnits, config.kernelInitializer),
          ...affine('emission', hiddenUnits, size, emissionLaw),
        ];
  },
  forward({ config, inputs: [x, z = x], parameters: p }) {
    const rows = sizeOf(x.shape.slice(0, -1));
    const asRows = (node: Node) => reshape(node, [rows, featuresOf(node.shape)]);
    const hidden =
      config.hiddenUnits === 0
        ? asRows(z)
        : activation(config.hiddenActivation).apply(add(matMul(asRows(z), p.hiddenKernel), p.hiddenBias));
    const weights = add(matMul(hidden, p.emissionKernel), p.emissionBias);
    const y = applyTaskNetwork(
      taskNetworkOf(config, featuresOf(x.shape)),
      config.taskActivation,
      asRows(x),
      weights,
    );
    return {
      output: activation(config.activation).apply(reshape(y, [...x.shape.slice(0, -1), config.units])),
    };
  },
};

function taskNetworkOf(
  { units, taskHiddenUnits, useBias, rank }: HyperDenseConfig,
  inputs: number,
): TaskNetwork {
  return { inputs, units: [...taskHiddenUnits, units], useBias, rank };
}

function leadingAxes(inputShapes: readonly Shape[]): Shape {
  const [x, z = x] = inputShapes;
  const isFit =
    inputShapes.length >= 1 &&
    inputShapes.length <= 2 &&
    x.length >= 1 &&
    x.slice(0, -1).join() === z.slice(0, -1).join() &&
    x.length === z.length;
  if (isFit) return x.slice(0, -1);
  throw new ShapeError({
    subject: 'hyperDense',
    expected: 'inputs [x] or [x, z] of rank 2 or more that differ in the last axis only',
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: 'repeat z along the axes of x, or flatten x',
  });
}
