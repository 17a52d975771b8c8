import { initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf } from '../checks.js';
import { crossInputs } from './crossInputs.js';
import { crossStarts, productShare } from './crossStart.js';
import type { PlainStepConfig } from './crossStep.js';
import { gatedStep } from './gatedStep.js';

export type GatedCrossConfig = PlainStepConfig;

/**
 * One step of a gated cross network: a gate decides for every feature how much of its product passes.
 *
 * y = x0 ⊙ (x W + b) ⊙ σ(x W_g) + x
 *
 * Inputs [x0, x], or one that stands for both.
 *
 * Shapes   x0, x [B, ..., n]; kernel (W) and gateKernel (W_g) [n, n], bias [n] → y [B, ..., n]
 * Cost     4·B·n² flops; 2·n² + n parameters, twice those of `featureCross`
 * Start    'calibrated': W_g = 0, so the gate is 1/2, and Var(W) = 4 / (32 n): unit variance becomes 33/32 as derived
 *          in crossStart.ts. 'identity': W = 0, y = x, and W_g drawn. The gate learns in both: from the first step, and
 *          from the second.
 * Pitfalls where a gate closes (x W_g far below 0) the gradient of both kernels vanishes for that feature; FuxiCTR
 *          draws the bias from U(0, 1), which adds x0 / 4 to every feature on average before anything is learned
 * Throws   ShapeError unless there are one or two inputs of one shape; ValueError on an unknown start
 * Source   Wang, Yin et al. 2023, Towards Deeper, Lighter and Interpretable Cross Network for CTR Prediction (GDCN)
 */
export const gatedCrossSpec: LayerSpec<GatedCrossConfig> = {
  name: 'gatedCross',
  title: 'Gated cross',
  formula: 'y = x0 * (x W + b) * sigmoid(x W_g) + x',
  source:
    'Wang et al. 2023, Towards Deeper, Lighter and Interpretable Cross Network for CTR Prediction (GDCN)',
  defaults: {
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  samples: [
    { config: {}, inputShapes: [[3], [3]] },
    { config: { useBias: false }, inputShapes: [[1]] },
    { config: { start: 'identity' }, inputShapes: [[2, 1, 2]] },
  ],
  largeSample: { config: {}, batch: 17, inputShapes: [[65], [65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'identity' } },
  parameterFormula: '2 n² + n',
  parameterCount: (config, [shape]) => gatedStep.parameterCount(config, featuresOf(shape)),
  isSmooth: true,
  degree: () => undefined,
  outputShape({ start }, inputShapes) {
    requireOneOf('gatedCross', 'start', start, crossStarts);
    return crossInputs('gatedCross', inputShapes);
  },
  parameters: (config, [shape]) => gatedStep.parameters(config, featuresOf(shape), productShare),
  forward: ({ config, inputs: [x0, x = x0], parameters }) => ({
    output: gatedStep.apply(config, x0, x, parameters),
  }),
};
