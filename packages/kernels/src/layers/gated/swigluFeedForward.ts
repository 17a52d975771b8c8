import { add, matMul } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole, singleInput } from '../checks.js';
import { orthogonalLaw } from '../quadratic/quadraticStart.js';
import { type GateOptions, type GateStart, gateParameters, requireGate } from './gateStart.js';
import { applyGate } from './glu.js';

export interface SwigluFeedForwardConfig extends GateOptions {
  /** Outputs per position; null: as many as inputs. */
  readonly units: number | null;
  /** null: 8 n / 3, rounded, which gives the block the weights of one with two kernels and 4 n hidden units. */
  readonly hiddenUnits: number | null;
  /** Activation of the half that scales the other. */
  readonly gate: ActivationName;
  /** The blocks of T5 and LLaMA have none. */
  readonly useBias: boolean;
  readonly start: GateStart;
  /** null: the law of the start. A law given here stands for every kernel that does not start at zero. */
  readonly kernelInitializer: InitializerConfig | null;
  /** Of valueBias and outputBias; of gateBias too with start 'random'. */
  readonly biasInitializer: InitializerConfig;
}

/**
 * The gated feed-forward block of a transformer.
 *
 * y = (gate(x W + b) ⊙ (x V + c)) W_2 + d
 *
 * Shapes   x [B, ..., n], h = hiddenUnits; gateKernel W, valueKernel V [n, h]; outputKernel W_2 [h, units]; gateBias,
 *          valueBias [h], outputBias [units] → y [B, ..., units]
 * Degree   2 in x with gate 'linear', none otherwise
 * Cost     2·B·h·(2 n + units) flops; h (2 n + units) + 2 h + units parameters: 8 n² and biases by default
 * Start    that of `glu`, with W_2 orthogonal: second moment 1 for independent standard normal inputs. 'random': Glorot
 * Pitfalls residual connection and normalization are the caller's; without biases the calibrated start holds for one
 *          block, not for stacks without normalization
 * Throws   as `glu`, and ValueError on hiddenUnits below 1
 * Source   Shazeer 2020, GLU Variants Improve Transformer, arXiv 2002.05202; 2/3 of 4 n keeps the number of weights
 */
export const swigluFeedForwardSpec: LayerSpec<SwigluFeedForwardConfig> = {
  name: 'swigluFeedForward',
  title: 'SwiGLU feed-forward',
  formula: 'y = (gate(x W + b) * (x V + c)) W_2 + d',
  source: 'Shazeer 2020, GLU Variants Improve Transformer, arXiv 2002.05202',
  defaults: {
    units: null,
    hiddenUnits: null,
    gate: 'swish',
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  samples: [
    { config: {}, inputShapes: [[3]] },
    { config: { units: 2, hiddenUnits: 5, useBias: false, gate: 'sigmoid' }, inputShapes: [[2, 3]] },
    { config: { units: 4, hiddenUnits: 2, gate: 'linear', start: 'linear' }, inputShapes: [[2, 1, 2]] },
    { config: { gate: 'gelu', start: 'random' }, inputShapes: [[1]] },
  ],
  largeSample: { config: { hiddenUnits: 37 }, batch: 33, inputShapes: [[23]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'linear' } },
  parameterFormula: 'hiddenUnits (2 n + units) + 2 hiddenUnits + units',
  parameterCount(config, [shape]) {
    const { inputs, hidden, units } = widthsOf(config, featuresOf(shape));
    return hidden * (2 * inputs + units) + (config.useBias ? 2 * hidden + units : 0);
  },
  isSmooth: true,
  degree: ({ gate }) => (activation(gate).name === 'linear' ? 2 : undefined),
  outputShape(config, inputShapes) {
    for (const option of ['units', 'hiddenUnits'] as const) {
      const value = config[option];
      if (value !== null) requireWhole('swigluFeedForward', option, value, 1);
    }
    requireGate('swigluFeedForward', config);
    const shape = singleInput('swigluFeedForward', inputShapes);
    return [...shape.slice(0, -1), config.units ?? featuresOf(shape)];
  },
  parameters(config, [shape]) {
    const { inputs, hidden, units } = widthsOf(config, featuresOf(shape));
    const ownLaw = config.start === 'random' ? initializers.glorotUniform : orthogonalLaw(1, hidden, units);
    const kernel: ParameterSpec = {
      name: 'outputKernel',
      shape: [hidden, units],
      role: 'kernel',
      initializer: config.kernelInitializer ?? ownLaw,
      fanAxes: { in: [0], out: [1] },
    };
    const bias: ParameterSpec = {
      name: 'outputBias',
      shape: [units],
      role: 'bias',
      initializer: config.biasInitializer,
    };
    return [...gateParameters(config, inputs, hidden), kernel, ...(config.useBias ? [bias] : [])];
  },
  forward({ config, inputs: [x], parameters }) {
    const y = matMul(applyGate(config, x, parameters), parameters.outputKernel);
    return { output: config.useBias ? add(y, parameters.outputBias) : y };
  },
};

function widthsOf({ units, hiddenUnits }: SwigluFeedForwardConfig, inputs: number) {
  return { inputs, hidden: hiddenUnits ?? Math.round((8 * inputs) / 3), units: units ?? inputs };
}
