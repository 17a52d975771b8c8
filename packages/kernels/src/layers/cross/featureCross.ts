import { add, matMul, mul, type Node, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole } from '../checks.js';
import { crossInputs } from './crossInputs.js';
import { type CrossStart, fanInLaw, productShare, requireLiveAtZero } from './crossStart.js';

/** How the kernels begin; see `featureCrossSpec`. */
export type FeatureCrossStart = CrossStart | 'keras' | 'tfrs';

export interface FeatureCrossConfig {
  /** Rank r of W = U V; null keeps W full. The papers' advice is r < n / 2; n / 4 keeps the accuracy. */
  readonly projectionDim: number | null;
  /** Adds diagScale·x inside the product: W + diagScale·I. At least 0. */
  readonly diagScale: number;
  /** Applied to W x + b, before diagScale·x is added. */
  readonly preActivation: ActivationName;
  readonly useBias: boolean;
  readonly start: FeatureCrossStart;
  /** Law of the kernels that the start does not set to 0; null: the law of the start. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

interface KernelLaws {
  readonly full: InitializerConfig;
  /** Of U, which x meets first. */
  readonly down: InitializerConfig;
  /** Of V. */
  readonly up: InitializerConfig;
}

const alike = (law: InitializerConfig): KernelLaws => ({ full: law, down: law, up: law });
const { zeros } = initializers;

const startLaws: { readonly [K in FeatureCrossStart]: KernelLaws } = {
  keras: alike(initializers.glorotUniform),
  tfrs: alike(initializers.truncatedNormal),
  calibrated: { full: fanInLaw(productShare), down: fanInLaw(1), up: fanInLaw(productShare) },
  identity: { full: zeros, down: fanInLaw(1), up: zeros },
};

/**
 * One step of a deep and cross network, version 2.
 *
 * y = x0 ⊙ (preActivation(x W + b) + diagScale·x) + x,     W = U V when projectionDim is given
 *
 * Inputs [x0, x]: x0 the features that enter the network, x the result of the previous step. One input stands for both.
 *
 * Shapes   x0, x [B, ..., n]; kernel [n, n], or kernelU [n, r] and kernelV [r, n]; bias [n] → y [B, ..., n]
 * Degree   2 in (x0, x) together; a stack of L steps has degree L + 1 in x0
 * Cost     2·B·n² flops, 4·B·n·r with a projection; n² + n parameters, 2·n·r + n with a projection
 * Start    'keras': Glorot uniform, as keras-rs. 'tfrs': truncated normal with stddev 0.05, as TFRS. 'calibrated': unit
 *          variance becomes 33/32, by n σ² = 1/32 (derived in crossStart.ts; for the linear preActivation and
 *          diagScale 0). 'identity': W = 0 by kernel or kernelV, so y = x with diagScale 0; the other kernel keeps its
 *          law, and the preActivation must have a slope at 0.
 * Numerics with 'keras' the variance about doubles per step of unit-variance input
 * Throws   ShapeError unless there are one or two inputs of one shape; ValueError on diagScale below 0, projectionDim
 *          below 1, an unknown start, or start 'identity' with a preActivation that is flat or not 0 at 0
 * Source   Wang et al. 2021, DCN V2, Eq. (1) and (2); options and defaults of keras-rs `FeatureCross` and TFRS `Cross`
 *
 * @example
 * // x0 = [.1, .2, .3], x = [.4, .5, .6], kernel of ones, no bias: y = [.55, .8, 1.05]
 */
export const featureCrossSpec: LayerSpec<FeatureCrossConfig> = {
  name: 'featureCross',
  title: 'Feature cross',
  formula: 'y = x0 * (preActivation(x W + b) + diagScale x) + x',
  source: 'Wang et al. 2021, DCN V2: Improved Deep & Cross Network, Eq. (1) and (2)',
  defaults: {
    projectionDim: null,
    diagScale: 0,
    preActivation: 'linear',
    useBias: true,
    start: 'keras',
    kernelInitializer: null,
    biasInitializer: zeros,
  },
  samples: [
    { config: {}, inputShapes: [[3], [3]] },
    { config: { projectionDim: 2, diagScale: 0.5 }, inputShapes: [[4], [4]] },
    { config: { projectionDim: 1, useBias: false }, inputShapes: [[1]] },
    { config: { preActivation: 'tanh' }, inputShapes: [[2, 3]] },
    {
      config: { preActivation: 'sigmoid', diagScale: 1 },
      inputShapes: [
        [2, 1, 2],
        [2, 1, 2],
      ],
    },
  ],
  largeSample: { config: { diagScale: 0.5 }, batch: 17, inputShapes: [[65], [65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'identity' } },
  parameterFormula: 'n² + n, or 2 n projectionDim + n',
  parameterCount: ({ projectionDim, useBias }, [shape]) =>
    featuresOf(shape) *
    ((projectionDim === null ? featuresOf(shape) : 2 * projectionDim) + (useBias ? 1 : 0)),
  isSmooth: true,
  degree: ({ preActivation }) => (preActivation === 'linear' ? 2 : undefined),
  outputShape({ projectionDim, diagScale, start, preActivation }, inputShapes) {
    if (projectionDim !== null) requireWhole('featureCross', 'projectionDim', projectionDim, 1);
    if (!(diagScale >= 0 && diagScale < Number.POSITIVE_INFINITY)) {
      throw new ValueError({
        subject: 'featureCross',
        expected: 'diagScale to be a finite number of at least 0',
        received: String(diagScale),
        fix: 'pass diagScale: 0 to leave the term out',
      });
    }
    requireOneOf('featureCross', 'start', start, Object.keys(startLaws));
    if (start === 'identity') requireLiveAtZero('featureCross', 'preActivation', preActivation);
    return crossInputs('featureCross', inputShapes);
  },
  parameters(config, [shape]) {
    const n = featuresOf(shape);
    const { projectionDim: r, useBias, kernelInitializer, biasInitializer } = config;
    const laws = startLaws[config.start];
    const kernel = (name: string, rows: number, columns: number, law: InitializerConfig): ParameterSpec => ({
      name,
      shape: [rows, columns],
      role: 'kernel',
      initializer: law === zeros ? zeros : (kernelInitializer ?? law),
      fanAxes: { in: [0], out: [1] },
      group: 'higherOrder',
    });
    return [
      ...(r === null
        ? [kernel('kernel', n, n, laws.full)]
        : [kernel('kernelU', n, r, laws.down), kernel('kernelV', r, n, laws.up)]),
      ...(useBias ? [{ name: 'bias', shape: [n], role: 'bias', initializer: biasInitializer } as const] : []),
    ];
  },
  forward({ config, inputs: [x0, x = x0], parameters: p }) {
    const { projectionDim, diagScale, preActivation, useBias } = config;
    const linear = projectionDim === null ? matMul(x, p.kernel) : matMul(matMul(x, p.kernelU), p.kernelV);
    const crossed = activation(preActivation).apply(useBias ? add(linear, p.bias) : linear);
    return { output: add(mul(x0, withDiagonal(crossed, diagScale, x)), x) };
  },
};

function withDiagonal(crossed: Node, diagScale: number, x: Node): Node {
  return diagScale === 0 ? crossed : add(crossed, mul(x, diagScale));
}
