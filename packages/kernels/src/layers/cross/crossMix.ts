import { initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf } from '../checks.js';
import { crossInputs } from './crossInputs.js';
import { crossStarts, productShare } from './crossStart.js';
import { type CrossStepConfig, requireStepOptions } from './crossStep.js';
import { mixStep } from './mixStep.js';

export type CrossMixConfig = CrossStepConfig;

/**
 * One step of DCN-Mix: a cross step whose matrix is a gated mixture of low-rank experts.
 *
 * y = Σ_e G_e(x) x0 ⊙ (g(g(x D_e) C_e) U_e + b) + x,     G(x) = gate(x gateKernel)
 *
 * Inputs [x0, x], or one that stands for both. g is expertActivation; 'linear' makes the experts low-rank matrices.
 * The gates are a softmax over the experts or a sigmoid each; a softmax of one expert is 1 and has no gateKernel.
 *
 * Shapes   x0, x [B, ..., n]; kernelDown [E, n, r] (D), kernelCore [E, r, r] (C), kernelUp [E, r, n] (U), gateKernel
 *          [n, E], bias [n] → y [B, ..., n]; r = projectionDim, by default n / 4 rounded up
 * Degree   2 with one softmax expert and g linear, else none
 * Cost     2·E·(2·n·r + r²) + 2·n·E flops a row, E·r floats of scratch; the gates are applied at rank r, before U
 * Start    'calibrated': gates begin equal (gateKernel 0), so that with D, C, U drawn per expert by their own fans the
 *          product has variance Σ_e G_e² Var(U_e): Var(U) is E / (32 r) (softmax) or 4 / (32 E r) (sigmoid). Unit
 *          variance then becomes at most 33/32, for any |g(z)| <= |z|. 'identity': U = 0, y = x.
 * Pitfalls a bias under sigmoid gates is scaled by the sum of the gates, as Eq. (4) has it
 * Throws   ShapeError unless there are one or two inputs of one shape; ValueError on sizes below 1 and on unknown words
 * Source   Wang et al. 2021, DCN V2, Eq. (3) and (4); experts 4 and tanh of DeepCTR `CrossNetMix`, whose rank is 32
 */
export const crossMixSpec: LayerSpec<CrossMixConfig> = {
  name: 'crossMix',
  title: 'Mixture of low-rank crosses',
  formula: 'y = sum_e G_e(x) x0 * (g(g(x D_e) C_e) U_e + b) + x,  G(x) = gate(x gateKernel)',
  source: 'Wang et al. 2021, DCN V2: Improved Deep & Cross Network, Eq. (3) and (4)',
  defaults: {
    projectionDim: null,
    numExperts: 4,
    gate: 'softmax',
    expertActivation: 'tanh',
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  samples: [
    { config: {}, inputShapes: [[3], [3]] },
    { config: { projectionDim: 2, numExperts: 2, gate: 'sigmoid' }, inputShapes: [[3], [3]] },
    { config: { numExperts: 1, expertActivation: 'linear' }, inputShapes: [[4]] },
    { config: { numExperts: 1, gate: 'sigmoid', useBias: false }, inputShapes: [[2, 2]] },
    {
      config: { numExperts: 2, expertActivation: 'softplus' },
      inputShapes: [
        [2, 1, 3],
        [2, 1, 3],
      ],
    },
  ],
  largeSample: { config: { numExperts: 3, projectionDim: 9 }, batch: 33, inputShapes: [[65], [65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'identity' } },
  parameterFormula: 'numExperts (2 n r + r² + n) + n',
  parameterCount: (config, [shape]) => mixStep.parameterCount(config, featuresOf(shape)),
  isSmooth: true,
  degree: (config) => (mixStep.isPolynomial(config) ? 2 : undefined),
  outputShape(config, inputShapes) {
    requireOneOf('crossMix', 'start', config.start, crossStarts);
    requireStepOptions('crossMix', config);
    return crossInputs('crossMix', inputShapes);
  },
  parameters: (config, [shape]) => mixStep.parameters(config, featuresOf(shape), productShare),
  forward: ({ config, inputs: [x0, x = x0], parameters }) => ({
    output: mixStep.apply(config, x0, x, parameters),
  }),
};
