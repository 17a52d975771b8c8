import type { LayerSpec } from '../../layerSpec.js';
import { requireWhole } from '../checks.js';
import { generatedNetwork } from './generatedNetwork.js';
import {
  checkGenerator,
  type Generator,
  type GeneratorConfig,
  generatorDefaults,
  generatorDegree,
} from './generatorOptions.js';
import { generatorParameterCount, generatorParameters } from './generatorParameters.js';

export interface HyperNetworkConfig extends GeneratorConfig {
  /** Units of each layer of the generated network; the last is the output. */
  readonly taskUnits: readonly number[];
  /** Units of each hidden layer of the hypernetwork; none makes every generated weight an affine map of z. */
  readonly hiddenUnits: readonly number[];
}

/**
 * A whole multilayer network whose weights a hypernetwork with any number of hidden layers computes.
 *
 * h_0 = z;  h_i = hiddenActivation(h_{i-1} hidden{i}Kernel + hidden{i}Bias)
 * θ = h emissionKernel + emissionBias = (W_1, b_1, W_2, b_2, ...)
 * a_0 = x;  a_l = taskActivation(a_{l-1} W_l + b_l);  y = activation(a_{L-1} W_L + b_L)
 *
 * All options are those of `hyperDense`: weightSource, rank and rankForm, chunkSize, base, zEncoding, start.
 *
 * Shapes   x [B, ..., n], z [B, ..., m]; hidden0Kernel [m, H0], hidden0Bias [H0], ...; emissionKernel [H, P],
 *          emissionBias [P], and the others as in `hyperDense` → y [B, ..., last of taskUnits]
 * Degree   1 + number of generated matrices in (x, z), when every inner activation is linear and z is not encoded
 * Cost     2·G·(Σ hidden + H·P) flops for G weight sets of P weights, and 2·B·P for their use
 * Start    as in `hyperDense`, layer by layer: with q = E[a²] of a layer's input, 1 for x, hyperfan-in gives kernels
 *          1 / (2 n q) and biases 1/2, so that every layer has E[y²] = 1 for unit-variance x independent of z. Where
 *          z = x, weights and input are correlated, more so with every layer: prefer a base, or a z of its own
 * Pitfalls those of `hyperDense`; P grows with the squares of the widths, and the emission with H P: chunk it, or take
 *          a rank
 * Throws   ShapeError, ValueError: as `hyperDense`; ValueError on no taskUnits
 * Source   Ha, Dai and Le 2016, HyperNetworks; starts: Chang, Flokas and Lipson 2020, Principled Weight Initialization
 *          for Hypernetworks
 */
export const hyperNetworkSpec: LayerSpec<HyperNetworkConfig> = {
  name: 'hyperNetwork',
  title: 'Hypernetwork',
  formula:
    "h = hypernetwork(z), W_l = h E_l + e_l, b_l = h E'_l + e'_l\ny = network(x; W_1, b_1, W_2, b_2, ...)",
  source: 'Ha, Dai and Le 2016, HyperNetworks',
  defaults: { ...generatorDefaults, hiddenUnits: [32] },
  required: { taskUnits: 'units of each generated layer, a list' },
  samples: [
    {
      config: { taskUnits: [3, 2], hiddenUnits: [2], hiddenActivation: 'tanh', taskActivation: 'tanh' },
      inputShapes: [[2]],
    },
    {
      config: { taskUnits: [2, 1], hiddenUnits: [], weightSource: 'conditional', taskActivation: 'linear' },
      inputShapes: [[3, 2], [1]],
    },
    {
      config: {
        taskUnits: [2, 2],
        hiddenUnits: [3, 2],
        hiddenActivation: 'sigmoid',
        taskActivation: 'softplus',
        weightSource: 'static',
        embeddingSize: 2,
        zEncoding: 'cosSin',
        activation: 'tanh',
      },
      inputShapes: [[2, 1, 2]],
    },
    {
      config: { taskUnits: [3, 1], hiddenUnits: [], rank: 1, rankForm: 'core', taskActivation: 'linear' },
      inputShapes: [[2], [3]],
    },
    {
      config: {
        taskUnits: [2],
        hiddenUnits: [2],
        hiddenActivation: 'tanh',
        rank: 1,
        base: true,
        useBias: false,
        start: 'hyperfanOut',
      },
      inputShapes: [[3], [2]],
    },
    {
      config: {
        taskUnits: [2, 1],
        hiddenUnits: [],
        taskActivation: 'tanh',
        weightSource: 'static',
        embeddingSize: 1,
        chunkSize: 4,
        chunkEmbeddingSize: 2,
      },
      inputShapes: [[3]],
    },
  ],
  largeSample: {
    config: { taskUnits: [7, 5], hiddenUnits: [18], hiddenActivation: 'tanh', taskActivation: 'tanh' },
    batch: 33,
    inputShapes: [[9], [5]],
  },
  inputKind: 'features',
  starts: { calibrated: {}, identity: { base: true, start: 'zeroDelta' } },
  parameterFormula:
    'm H_1 + H_1 + H_1 H_2 + H_2 + ... + (H + 1) P, P weights of the generated network, H the last of hiddenUnits',
  parameterCount: (config, inputShapes) => generatorParameterCount(generatorOf(config), inputShapes),
  isSmooth: true,
  degree: (config) => generatorDegree(generatorOf(config)),
  outputShape(config, inputShapes) {
    const { taskUnits, hiddenUnits } = config;
    requireWhole('hyperNetwork', 'the number of taskUnits', taskUnits.length, 1);
    for (const width of taskUnits) requireWhole('hyperNetwork', 'every one of taskUnits', width, 1);
    for (const width of hiddenUnits) requireWhole('hyperNetwork', 'every one of hiddenUnits', width, 1);
    return [...checkGenerator(generatorOf(config), inputShapes), taskUnits[taskUnits.length - 1]];
  },
  parameters: (config, inputShapes) => generatorParameters(generatorOf(config), inputShapes),
  forward: ({ config, inputs, parameters }) => ({
    output: generatedNetwork(generatorOf(config), inputs, parameters),
  }),
};

function generatorOf(config: HyperNetworkConfig): Generator {
  return {
    layer: 'hyperNetwork',
    config,
    taskUnits: config.taskUnits,
    hidden: config.hiddenUnits.map((units, at) => ({ name: `hidden${at}`, units })),
  };
}
