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

export interface HyperDenseConfig extends GeneratorConfig {
  /** Outputs of the generated layer. */
  readonly units: number;
  /** Units of the hypernetwork's hidden layer; 0 leaves it out, and the weights are an affine map of z. */
  readonly hiddenUnits: number;
  /** Units of hidden layers of the generated network; none makes it one dense layer. */
  readonly taskHiddenUnits: readonly number[];
}

/**
 * Dense layer, or small dense network, whose weights another network computes: for each sample by default.
 *
 * h = hiddenActivation(z hiddenKernel + hiddenBias)
 * θ = h emissionKernel + emissionBias                              kernel then bias, layer by layer
 * y = activation(task(x; θ)),   without taskHiddenUnits  y = activation(x W + b)
 *
 * weightSource  'perSample' [x] (then z = x) or [x, z] with equal leading axes; 'conditional' [x, z], one θ for all
 *               positions of a sample; 'static' [x], z a learned embedding, one θ for everything
 * rank          W = U V with both factors generated, or with rankForm 'core' y = ((x U) S(z)) V, U and V learned
 * chunkSize     θ_c = h([z, e_c]) with learned e_c: one small emission in place of one that grows with θ. Each tensor
 *               of θ is multiplied by the constant standard deviation of hyperfan-in
 * base          θ = θ0 + h emissionKernel with learned θ0, which replaces emissionBias
 * zEncoding     'cosSin': z → [cos πz/2, sin πz/2]; with a base, the magnitude-invariant parametrisation
 *
 * Trained end to end: no step cuts the gradient, unlike the Task/Lift training of seed 002, whose sizes are
 * { units: 1, taskHiddenUnits: [5], hiddenUnits: 10 }: 326 parameters for x [B, 3].
 *
 * Shapes   x [B, ..., n], z [B, ..., m]; hiddenKernel [m, H], hiddenBias [H], emissionKernel [H, P], emissionBias [P],
 *          P = weights of the generated network, m twice as many with cosSin; 'static' embedding [embeddingSize];
 *          chunks: chunkEmbedding [C, k], hiddenKernel [m + k, H], emissionKernel [H, chunkSize]; base: kernel0Base
 *          [n, units], bias0Base [units], ...; 'core': projectionU0 [n, rank], projectionV0 [rank, units], ...
 *          → y [B, ..., units]
 * Degree   1 + number of generated matrices in (x, z), when every inner activation is linear and z is not encoded;
 *          1 with 'static'
 * Cost     2·G·(m·H + H·P) flops for G weight sets and 2·B·P for their use; θ takes G·P floats
 * Start    'hyperfanIn': columns of emissionKernel get the variance v / (H E[h²]), E[h²] being that of the hidden layer
 *          under its own law and E[z²] = 1, so that generated weights have the variance v of hyperfan-in: kernels
 *          1 / (2 n) and biases 1/2, kernels 1 / n without biases. Then E[y²] = 1 for unit-variance x independent of z;
 *          where z = x, 1 + 1/n (1 + 2/n without biases). 'hyperfanOut': 1 / units, which keeps the gradient.
 *          'hyperfanHarmonic': the harmonic mean of both. 'zeroDelta', with a base: `dense`, bit for bit, until
 *          training moves it
 * Pitfalls Glorot on the emission, as frameworks draw it, gives weights a variance that ignores their own fan-in; with a
 *          base and a hyperfan start the variances of both add
 * Throws   ShapeError unless the inputs are those of weightSource; ValueError on sizes below 1, unknown words,
 *          'zeroDelta' without a base, 'hyperfanOut' and 'hyperfanHarmonic' with chunks
 * Source   Ha, Dai and Le 2016, HyperNetworks; starts: Chang, Flokas and Lipson 2020; 'core': Yan et al. 2022, APG; cosSin
 *          and base: Gonzalez Ortiz, Guttag and Dalca 2023, arXiv 2304.07645; weights per sample: seed 002
 */
export const hyperDenseSpec: LayerSpec<HyperDenseConfig> = {
  name: 'hyperDense',
  title: 'Hypernetwork dense',
  formula:
    'theta = hiddenActivation(z W_h + b_h) W_e + b_e\ny = activation(task(x; theta)), one layer: activation(x W + b)',
  source: 'Ha, Dai and Le 2016, HyperNetworks',
  defaults: { ...generatorDefaults, hiddenUnits: 16, taskHiddenUnits: [] },
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
    {
      config: {
        units: 2,
        hiddenUnits: 3,
        hiddenActivation: 'tanh',
        weightSource: 'static',
        embeddingSize: 2,
      },
      inputShapes: [[2, 3]],
    },
    {
      config: {
        units: 2,
        hiddenUnits: 0,
        weightSource: 'conditional',
        rank: 2,
        rankForm: 'core',
        base: true,
      },
      inputShapes: [[3, 2], [2]],
    },
    {
      config: {
        units: 2,
        hiddenUnits: 3,
        hiddenActivation: 'tanh',
        chunkSize: 3,
        chunkEmbeddingSize: 2,
        zEncoding: 'cosSin',
        base: true,
        start: 'zeroDelta',
      },
      inputShapes: [[3], [1]],
    },
  ],
  largeSample: {
    config: { units: 5, hiddenUnits: 24, hiddenActivation: 'tanh' },
    batch: 65,
    inputShapes: [[9]],
  },
  inputKind: 'features',
  starts: { calibrated: {}, identity: { base: true, start: 'zeroDelta' } },
  parameterFormula:
    '(m + 1) hiddenUnits + (hiddenUnits + 1) P, P weights of the generated network; (m + 1) P without a hidden layer',
  parameterCount: (config, inputShapes) => generatorParameterCount(generatorOf(config), inputShapes),
  isSmooth: true,
  degree: (config) => generatorDegree(generatorOf(config)),
  outputShape(config, inputShapes) {
    const { units, hiddenUnits, taskHiddenUnits } = config;
    requireWhole('hyperDense', 'units', units, 1);
    requireWhole('hyperDense', 'hiddenUnits', hiddenUnits, 0);
    for (const width of taskHiddenUnits) requireWhole('hyperDense', 'every one of taskHiddenUnits', width, 1);
    return [...checkGenerator(generatorOf(config), inputShapes), units];
  },
  parameters: (config, inputShapes) => generatorParameters(generatorOf(config), inputShapes),
  forward: ({ config, inputs, parameters }) => ({
    output: generatedNetwork(generatorOf(config), inputs, parameters),
  }),
};

function generatorOf(config: HyperDenseConfig): Generator {
  const { units, hiddenUnits, taskHiddenUnits } = config;
  return {
    layer: 'hyperDense',
    config,
    taskUnits: [...taskHiddenUnits, units],
    hidden: hiddenUnits === 0 ? [] : [{ name: 'hidden', units: hiddenUnits }],
  };
}
