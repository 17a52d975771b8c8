import type { Node } from '@polyneuron/graph';
import { initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { crossStarts, stepShare } from './crossStart.js';
import { type CrossStepConfig, requireStepOptions } from './crossStep.js';
import { type CrossMode, crossSteps } from './crossSteps.js';
import { hasGate } from './mixStep.js';

export interface CrossNetworkConfig extends CrossStepConfig {
  /** The step that every layer takes; see the formula. */
  readonly mode: CrossMode;
  /** L, the number of steps. */
  readonly numLayers: number;
  /** One gateKernel for all steps of 'mix', as DeepCTR, FuxiCTR and torchrec have it; otherwise one for each. */
  readonly sharesGate: boolean;
}

/**
 * Cross network: a stack of L cross steps over one input x0.
 *
 * x_1 = x0,  x_{l+1} = step_l(x0, x_l),  y = x_{L+1}, with
 * 'vector'   step = x0 (x·w) + b + x
 * 'matrix'   step = x0 ⊙ (x W + b) + x
 * 'lowRank'  step = x0 ⊙ (x U V + b) + x
 * 'mix'      step = Σ_e G_e(x) x0 ⊙ (g(g(x D_e) C_e) U_e + b) + x, see `crossMixSpec`
 * 'gated'    step = x0 ⊙ (x W + b) ⊙ σ(x W_g) + x, see `gatedCrossSpec`
 *
 * Shapes   x [B, ..., n] → y [B, ..., n]; parameters of step l carry its number: kernel0, bias0, kernel1, ...
 * Degree   exactly L + 1 in x for 'vector', 'matrix' and 'lowRank', and for 'mix' with one softmax expert and the
 *          linear activation; none otherwise
 * Cost     L steps of 2·n (vector), 2·n² (matrix), 4·n·r (lowRank), 2·E·(2·n·r + r²) (mix), 4·n² (gated) flops a row
 * Start    'calibrated': the whole stack takes unit variance to 33/32, whatever L ('mix': at most), by
 *          n σ² = (33/32)^(1/L) - 1 in every step, a quarter of it in 'vector'; derived in crossStart.ts. 'identity': y = x. kernelInitializer
 *          replaces the random laws: Glorot doubles the variance at every step.
 * Pitfalls projectionDim of n/2 or more costs more than a matrix; in float32 an input of size 10 gives terms of 10^(L+1)
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on sizes below 1 and on unknown words
 * Source   Wang et al. 2017, Deep & Cross Network (vector); Wang et al. 2021, DCN V2, Eq. (1) to (4); Wang et al. 2023,
 *          GDCN (gated). Names of modes after DeepCTR; numLayers 3 of TFRS `MultiLayerDCN`, which is 'lowRank'.
 *
 * @example
 * // 'lowRank' with projectionDim 1, 3 steps, kernels and biases of ones: [.1, .2, .3] → [.9256, 1.8512, 2.7768]
 */
export const crossNetworkSpec: LayerSpec<CrossNetworkConfig> = {
  name: 'crossNetwork',
  title: 'Cross network',
  formula: [
    'x_{l+1} = step(x0, x_l) for l = 1 ... numLayers, x_1 = x0',
    'vector: x0 (x.w) + b + x',
    'matrix: x0 * (x W + b) + x',
    'lowRank: x0 * (x U V + b) + x',
    'mix: sum_e G_e(x) x0 * (g(g(x D_e) C_e) U_e + b) + x',
    'gated: x0 * (x W + b) * sigmoid(x W_g) + x',
  ].join('\n'),
  source: 'Wang et al. 2021, DCN V2: Improved Deep & Cross Network; Wang et al. 2017, Deep & Cross Network',
  defaults: {
    mode: 'matrix',
    numLayers: 3,
    projectionDim: null,
    numExperts: 4,
    gate: 'softmax',
    expertActivation: 'tanh',
    sharesGate: false,
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  samples: [
    { config: {}, inputShapes: [[3]] },
    { config: { mode: 'vector', numLayers: 2 }, inputShapes: [[3]] },
    { config: { mode: 'vector', numLayers: 1, useBias: false }, inputShapes: [[1]] },
    { config: { mode: 'lowRank', numLayers: 2, projectionDim: 2 }, inputShapes: [[2, 3]] },
    { config: { mode: 'mix', numLayers: 2, numExperts: 2 }, inputShapes: [[4]] },
    {
      config: {
        mode: 'mix',
        numLayers: 2,
        numExperts: 2,
        sharesGate: true,
        gate: 'sigmoid',
        projectionDim: 1,
      },
      inputShapes: [[3]],
    },
    { config: { mode: 'mix', numLayers: 2, numExperts: 1, expertActivation: 'linear' }, inputShapes: [[2]] },
    { config: { mode: 'gated', numLayers: 2 }, inputShapes: [[2, 1, 2]] },
  ],
  largeSample: { config: { numLayers: 2 }, batch: 17, inputShapes: [[65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'identity' } },
  parameterFormula:
    'numLayers times n + n (vector), n² + n (matrix), 2 n r + n (lowRank), E (2 n r + r² + n) + n (mix), 2 n² + n (gated)',
  parameterCount(config, [shape]) {
    const { mode, numLayers } = config;
    const n = featuresOf(shape);
    const shared = isGateShared(config) ? (numLayers - 1) * n * config.numExperts : 0;
    return numLayers * crossSteps[mode].parameterCount(config, n) - shared;
  },
  isSmooth: true,
  degree: (config) => (crossSteps[config.mode].isPolynomial(config) ? config.numLayers + 1 : undefined),
  outputShape(config, inputShapes) {
    requireOneOf('crossNetwork', 'mode', config.mode, Object.keys(crossSteps));
    requireWhole('crossNetwork', 'numLayers', config.numLayers, 1);
    requireOneOf('crossNetwork', 'start', config.start, crossStarts);
    requireStepOptions('crossNetwork', config);
    return singleInput('crossNetwork', inputShapes);
  },
  parameters(config, [shape]) {
    const { mode, numLayers } = config;
    const share = stepShare(numLayers);
    return Array.from({ length: numLayers }, (_, step) =>
      crossSteps[mode]
        .parameters(config, featuresOf(shape), share)
        .filter(({ name }) => step === 0 || !isSharedName(config, name))
        .map((parameter) => ({ ...parameter, name: stepName(config, parameter.name, step) })),
    ).flat();
  },
  forward({ config, inputs: [x0], parameters }) {
    const step = crossSteps[config.mode];
    const names = step.parameters(config, featuresOf(x0.shape), 1).map(({ name }) => name);
    let x: Node = x0;
    for (let at = 0; at < config.numLayers; at++) {
      const own = Object.fromEntries(names.map((name) => [name, parameters[stepName(config, name, at)]]));
      x = step.apply(config, x0, x, own);
    }
    return { output: x };
  },
};

function isGateShared(config: CrossNetworkConfig): boolean {
  return config.mode === 'mix' && config.sharesGate && hasGate(config);
}

function isSharedName(config: CrossNetworkConfig, name: string): boolean {
  return isGateShared(config) && name === 'gateKernel';
}

function stepName(config: CrossNetworkConfig, name: string, step: number): string {
  return isSharedName(config, name) ? name : `${name}${step}`;
}
