import {
  add,
  constant,
  expandDims,
  interpretNodes,
  matMul,
  mean,
  mul,
  type Node,
  reduceMax,
  ValueError,
} from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { requireOneOf, requireWhole } from '../checks.js';
import { fieldsInput } from './fieldsInput.js';
import { onFieldRows } from './onFieldRows.js';

/** All weights of fields at 1, or drawn. */
export type SqueezeExcitationStart = 'identity' | 'random';

export interface SqueezeExcitationConfig {
  /** The hidden layer has max(1, ⌊F / reductionRatio⌋) units. */
  readonly reductionRatio: number;
  /** How a field becomes one number. */
  readonly squeeze: 'mean' | 'max';
  readonly hiddenActivation: ActivationName;
  /** Of the weights of fields. */
  readonly gateActivation: ActivationName;
  readonly useBias: boolean;
  readonly start: SqueezeExcitationStart;
  /** Law of reductionKernel; with start 'random' of excitationKernel too. */
  readonly kernelInitializer: InitializerConfig;
  /** Law of reductionBias; with start 'random' of excitationBias too. */
  readonly biasInitializer: InitializerConfig;
}

const squeezes: { readonly [K in SqueezeExcitationConfig['squeeze']]: (x: Node) => Node } = {
  mean: (x) => mean(x, -1),
  max: (x) => reduceMax(x, -1),
};

/**
 * Squeeze and excitation of fields: every field is multiplied by a weight that a small network computes from one number
 * per field.
 *
 * z = squeeze over D of x,    a = gateActivation(hiddenActivation(z U + b) V + c),    y[i] = a[i] x[i]
 *
 * Shapes   x [B, ..., F, D]; reductionKernel U [F, R], reductionBias b [R], excitationKernel V [R, F], excitationBias
 *          c [F] with R = max(1, ⌊F / reductionRatio⌋) → y of the shape of x
 * Degree   2 in x with linear activations and the mean, else none
 * Cost     2·B·F·D + 4·B·F·R flops; 2·F·R + R + F parameters
 * Start    'identity': V = 0 and c = 1, so a = 1 and y = x to the bit; V learns from the first step, U from the second.
 *          'random': kernels by kernelInitializer, biases by biasInitializer; with useBias: false the layer of the paper.
 * Pitfalls with relu on the weights and a random start without biases half of the fields start at 0; with sigmoid all
 *          start near ½
 * Throws   ShapeError unless there is one input of rank >= 3; ValueError on reductionRatio below 1, an unknown squeeze or
 *          start, and start 'identity' without biases or with a gateActivation that is not 1 at 1
 * Source   Huang, Zhang and Zhang 2019, FiBiNET (RecSys), the SENET layer; Hu, Shen and Sun 2018, Squeeze-and-Excitation
 *          Networks
 *
 * @example
 * // F = 2, R = 1, U = [[1], [1]], V = [[1, 2]], no biases, x = [[1, 3], [2, 2]]: z = [2, 2], a = [4, 8]
 * // y = [[4, 12], [16, 16]]
 */
export const squeezeExcitationSpec: LayerSpec<SqueezeExcitationConfig> = {
  name: 'squeezeExcitation',
  title: 'Squeeze and excitation of fields',
  formula: 'y[i] = a[i] x[i], a = gateActivation(hiddenActivation(squeeze(x) U + b) V + c)',
  source:
    'Huang, Zhang and Zhang 2019, FiBiNET: Combining Feature Importance and Bilinear feature Interaction (RecSys)',
  defaults: {
    reductionRatio: 3,
    squeeze: 'mean',
    hiddenActivation: 'relu',
    gateActivation: 'relu',
    useBias: true,
    start: 'identity',
    kernelInitializer: initializers.glorotUniform,
    biasInitializer: initializers.zeros,
  },
  samples: [
    { config: {}, inputShapes: [[4, 3]] },
    {
      config: { reductionRatio: 2, hiddenActivation: 'tanh', gateActivation: 'sigmoid', start: 'random' },
      inputShapes: [[2, 4, 2]],
    },
    { config: { hiddenActivation: 'linear', gateActivation: 'linear' }, inputShapes: [[3, 2]] },
    {
      config: { squeeze: 'max', gateActivation: 'tanh', start: 'random', useBias: false },
      inputShapes: [[1, 1]],
    },
  ],
  largeSample: { config: { hiddenActivation: 'tanh' }, batch: 129, inputShapes: [[13, 9]] },
  inputKind: 'fields',
  starts: { calibrated: { start: 'identity' }, identity: { start: 'identity' } },
  parameterFormula: '2 F R + R + F, R = max(1, floor(F / reductionRatio))',
  parameterCount({ reductionRatio, useBias }, inputShapes) {
    const { fields } = fieldsInput('squeezeExcitation', inputShapes);
    const reduced = Math.max(1, Math.floor(fields / reductionRatio));
    return 2 * fields * reduced + (useBias ? fields + reduced : 0);
  },
  isSmooth: true,
  degree: ({ squeeze, hiddenActivation, gateActivation }) =>
    squeeze === 'mean' && hiddenActivation === 'linear' && gateActivation === 'linear' ? 2 : undefined,
  outputShape(config, inputShapes) {
    requireWhole('squeezeExcitation', 'reductionRatio', config.reductionRatio, 1);
    requireOneOf('squeezeExcitation', 'squeeze', config.squeeze, Object.keys(squeezes));
    requireOneOf('squeezeExcitation', 'start', config.start, ['identity', 'random']);
    if (config.start === 'identity') requireGateOfOne(config);
    fieldsInput('squeezeExcitation', inputShapes);
    return inputShapes[0];
  },
  parameters(config, inputShapes) {
    const { fields } = fieldsInput('squeezeExcitation', inputShapes);
    const reduced = Math.max(1, Math.floor(fields / config.reductionRatio));
    const isIdentity = config.start === 'identity';
    const reduction: ParameterSpec = {
      name: 'reductionKernel',
      shape: [fields, reduced],
      role: 'kernel',
      initializer: config.kernelInitializer,
      fanAxes: { in: [0], out: [1] },
    };
    const excitation: ParameterSpec = {
      name: 'excitationKernel',
      shape: [reduced, fields],
      role: 'kernel',
      initializer: isIdentity ? initializers.zeros : config.kernelInitializer,
      fanAxes: { in: [0], out: [1] },
      group: 'higherOrder',
    };
    if (!config.useBias) return [reduction, excitation];
    const bias = (name: string, size: number, initializer: InitializerConfig): ParameterSpec => ({
      name,
      shape: [size],
      role: 'bias',
      initializer,
    });
    return [
      reduction,
      bias('reductionBias', reduced, config.biasInitializer),
      excitation,
      bias('excitationBias', fields, isIdentity ? initializers.ones : config.biasInitializer),
    ];
  },
  forward({ config, inputs: [x], parameters: p }) {
    const output = onFieldRows(x, (rows) => {
      const affine = (z: Node, kernel: Node, bias: Node) =>
        config.useBias ? add(matMul(z, kernel), bias) : matMul(z, kernel);
      const squeezed = squeezes[config.squeeze](rows);
      const hidden = activation(config.hiddenActivation).apply(
        affine(squeezed, p.reductionKernel, p.reductionBias),
      );
      const gates = activation(config.gateActivation).apply(
        affine(hidden, p.excitationKernel, p.excitationBias),
      );
      return mul(rows, expandDims(gates, -1));
    });
    return { output };
  },
};

function requireGateOfOne({ useBias, gateActivation }: SqueezeExcitationConfig): void {
  const [[gate]] = interpretNodes([activation(gateActivation).apply(constant(1, [1]))]);
  if (useBias && gate === 1) return;
  throw new ValueError({
    subject: 'squeezeExcitation',
    expected: "biases and a gateActivation that is 1 at 1 with start 'identity', such as relu or linear",
    received: useBias ? `gateActivation: '${gateActivation}', ${gate} at 1` : 'useBias: false',
    fix: "pass start: 'random', or keep the biases and relu",
  });
}
