import { add, matMul, mul, type Node } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole, singleInput } from '../checks.js';
import { type GateOptions, type GateStart, gateParameters, requireGate } from './gateStart.js';

export interface GluConfig extends GateOptions {
  /** Outputs per position. */
  readonly units: number;
  /** 'sigmoid' GLU, 'linear' the bilinear gate, 'relu' ReGLU, 'gelu' or 'geluTanh' GEGLU, 'swish' SwiGLU; or any activation. */
  readonly gate: ActivationName;
  readonly useBias: boolean;
  readonly start: GateStart;
  /** null: the law of the start. A law given here stands for every kernel that does not start at zero. */
  readonly kernelInitializer: InitializerConfig | null;
  /** Of valueBias; of gateBias too with start 'random'. */
  readonly biasInitializer: InitializerConfig;
}

/**
 * Gated linear unit: one affine map of the input, scaled elementwise by an activation of another.
 *
 * y = gate(x W + b) ⊙ (x V + c)
 *
 * torch.nn.functional.glu and keras.activations.glu are its product alone: they split one tensor, value first, gate
 * second. With gate 'linear' it is `quadDense` of variant 'product'.
 *
 * Shapes   x [B, ..., n]; gateKernel W, valueKernel V [n, units]; gateBias b, valueBias c [units] → y [B, ..., units]
 * Degree   2 in x with gate 'linear', none otherwise
 * Cost     4·B·n·units flops; 2·n·units + 2·units parameters, twice those of `dense`
 * Start    'calibrated': second moment 1 for independent standard normal inputs; the gate's argument has variance 1/64
 *          around the bias where the gate is 1 (sigmoid: 1/2), V is orthogonal, so that nearly all variance takes the
 *          linear path. 'linear': W = 0. 'random': Glorot and zero biases
 * Pitfalls with Glorot and unit-variance input the variance of one layer is 0.29 with sigmoid, and stacks vanish; with
 *          gates that grow, it is squared from layer to layer, and stacks vanish or explode. Without biases the
 *          calibrated start holds for one layer, not for stacks (but for sigmoid, whose bias is zero anyway)
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units below 1, an unknown gate or start, a
 *          gate without calibrated law with start other than 'random', start 'linear' without biases where it needs them
 * Source   Dauphin et al. 2017, Language Modeling with Gated Convolutional Networks; Shazeer 2020, GLU Variants Improve
 *          Transformer, arXiv 2002.05202
 */
export const gluSpec: LayerSpec<GluConfig> = {
  name: 'glu',
  title: 'Gated linear unit',
  formula: 'y = gate(x W + b) * (x V + c)',
  source: 'Dauphin et al. 2017; Shazeer 2020, GLU Variants Improve Transformer, arXiv 2002.05202',
  defaults: {
    gate: 'sigmoid',
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3 }, inputShapes: [[4]] },
    { config: { units: 2, gate: 'linear', start: 'linear' }, inputShapes: [[2, 3]] },
    { config: { units: 1, gate: 'swish', useBias: false }, inputShapes: [[1]] },
    { config: { units: 4, gate: 'gelu', start: 'random' }, inputShapes: [[2, 1, 3]] },
  ],
  largeSample: { config: { units: 17, gate: 'swish' }, batch: 65, inputShapes: [[65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'linear' } },
  parameterFormula: '2 n units + 2 units',
  parameterCount: ({ units, useBias }, [shape]) => 2 * (featuresOf(shape) + (useBias ? 1 : 0)) * units,
  isSmooth: true,
  degree: ({ gate }) => (activation(gate).name === 'linear' ? 2 : undefined),
  outputShape(config, inputShapes) {
    requireWhole('glu', 'units', config.units, 1);
    requireGate('glu', config);
    return [...singleInput('glu', inputShapes).slice(0, -1), config.units];
  },
  parameters: (config, [shape]) => gateParameters(config, featuresOf(shape), config.units),
  forward: ({ config, inputs: [x], parameters }) => ({ output: applyGate(config, x, parameters) }),
};

/** gate(x W + b) ⊙ (x V + c) with the parameters of `gateParameters`. */
export function applyGate(
  { gate, useBias }: GateOptions,
  x: Node,
  { gateKernel, gateBias, valueKernel, valueBias }: Readonly<Record<string, Node>>,
): Node {
  const affine = (kernel: Node, bias: Node) => (useBias ? add(matMul(x, kernel), bias) : matMul(x, kernel));
  return mul(activation(gate).apply(affine(gateKernel, gateBias)), affine(valueKernel, valueBias));
}
