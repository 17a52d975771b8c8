import { add, matMul, mul, type Node, type Shape, ShapeError, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, formatBatched, requireWhole } from '../checks.js';

export interface FeatureCrossConfig {
  /** Rank r of W = U V; null keeps W full. The papers' advice is r < n / 2; n / 4 keeps the accuracy. */
  readonly projectionDim: number | null;
  /** Adds diagScale·x inside the product: W + diagScale·I. At least 0. */
  readonly diagScale: number;
  /** Applied to W x + b, before diagScale·x is added. */
  readonly preActivation: ActivationName;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

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
 * Numerics with Glorot the variance about doubles per step of unit-variance input
 * Throws   ShapeError unless there are one or two inputs of one shape; ValueError on diagScale below 0 or
 *          projectionDim below 1
 * Source   Wang et al. 2021, DCN V2, Eq. (1) and (2); options and defaults of keras-rs `FeatureCross` and TFRS `Cross`
 *          (TFRS draws kernels from a truncated normal with stddev 0.05)
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
    kernelInitializer: initializers.glorotUniform,
    biasInitializer: initializers.zeros,
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
  parameterFormula: 'n² + n, or 2 n projectionDim + n',
  parameterCount: ({ projectionDim, useBias }, [shape]) =>
    featuresOf(shape) *
    ((projectionDim === null ? featuresOf(shape) : 2 * projectionDim) + (useBias ? 1 : 0)),
  isSmooth: true,
  degree: ({ preActivation }) => (preActivation === 'linear' ? 2 : undefined),
  outputShape({ projectionDim, diagScale }, inputShapes) {
    if (projectionDim !== null) requireWhole('featureCross', 'projectionDim', projectionDim, 1);
    if (!(diagScale >= 0 && diagScale < Number.POSITIVE_INFINITY)) {
      throw new ValueError({
        subject: 'featureCross',
        expected: 'diagScale to be a finite number of at least 0',
        received: String(diagScale),
        fix: 'pass diagScale: 0 to leave the term out',
      });
    }
    return requireAlikeInputs(inputShapes);
  },
  parameters(config, [shape]) {
    const n = featuresOf(shape);
    const { projectionDim: r, useBias, kernelInitializer, biasInitializer } = config;
    const kernel = (name: string, rows: number, columns: number): ParameterSpec => ({
      name,
      shape: [rows, columns],
      role: 'kernel',
      initializer: kernelInitializer,
      fanAxes: { in: [0], out: [1] },
    });
    return [
      ...(r === null ? [kernel('kernel', n, n)] : [kernel('kernelU', n, r), kernel('kernelV', r, n)]),
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

function requireAlikeInputs(inputShapes: readonly Shape[]): Shape {
  const [first, second = first] = inputShapes;
  const isAlike =
    inputShapes.length >= 1 && inputShapes.length <= 2 && first.length >= 1 && first.join() === second.join();
  if (isAlike) return first;
  throw new ShapeError({
    subject: 'featureCross',
    expected: 'inputs [x0, x] of one shape with rank 2 or more, or one input',
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: 'a cross step keeps the number of features: pass x0 and the result of the step before',
  });
}
