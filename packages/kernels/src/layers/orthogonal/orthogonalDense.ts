import { add, type Node, pad, type Shape, sliceAxis } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole, singleInput } from '../checks.js';
import { reflectAll } from './reflectAll.js';

export interface OrthogonalDenseConfig {
  /** Outputs per position. */
  readonly units: number;
  /** k: reflections whose product the kernel is; null: min(n, units), as many as there are dimensions to turn. */
  readonly reflections: number | null;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  /** Law of the normals; any law that is symmetric in all directions gives uniform hyperplanes. */
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Dense layer whose kernel is orthogonal at every step of training: a product of reflections.
 *
 * y = activation(first units of (H(n_k) ... H(n_1) [x, 0]) + b),     H(n) x = x - 2 n (n·x) / (n·n)
 *
 * The reflections act on N = max(n, units) coordinates: narrower inputs are filled up with zeros, wider ones lose their
 * last coordinates after it. Without bias and activation
 * units = n    QᵀQ = QQᵀ = I and det Q = (-1)^k: lengths and angles stay
 * units > n    QᵀQ = I: lengths and angles stay
 * units < n    QQᵀ = I: a projection, lengths do not grow
 * min(n, units) reflections reach every such Q, of determinant (-1)^n where it is square.
 *
 * Shapes   x [B, ..., n], normals [k, N], bias [units] → y [B, ..., units]
 * Degree   1 in x
 * Cost     4·B·N·k flops in k steps, against 2·B·n·units of `dense`
 * Start    normals from N(0, 1): E[Q] is (1 - 2/N)^k times the identity, an eighth of it with k = N. Unit-variance inputs
 *          give unit variance where units <= n, and n / units where units > n
 * Numerics orthogonal to roundings for any normals: nothing has to be projected back; a normal of 0 reflects nothing
 * Pitfalls k odd and k even are two sets that no path of training connects: the determinant is (-1)^k; weight decay on
 *          normals changes step sizes, not the map
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units or reflections below 1
 * Source   Householder 1958; Mhammedi et al. 2017, Efficient Orthogonal Parametrisation of Recurrent Neural Networks
 *          Using Householder Reflections
 *
 * @example
 * // units 2, normals [[1, 0], [1, -1]], no bias: [3, 4] => [-3, 4] => [4, -3]
 */
export const orthogonalDenseSpec: LayerSpec<OrthogonalDenseConfig> = {
  name: 'orthogonalDense',
  title: 'Orthogonal dense',
  formula: 'y = activation(Q x + b)\nQ = first units rows, first n columns of H(n_k) ... H(n_1)',
  source:
    'Mhammedi et al. 2017, Efficient Orthogonal Parametrisation of Recurrent Neural Networks Using Householder Reflections',
  defaults: {
    reflections: null,
    activation: 'linear',
    useBias: true,
    kernelInitializer: { kind: 'normal', mean: 0, stddev: 1 },
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3 }, inputShapes: [[3]] },
    { config: { units: 4, useBias: false }, inputShapes: [[2]] },
    { config: { units: 2, reflections: 1, activation: 'tanh' }, inputShapes: [[2, 3]] },
    { config: { units: 1, reflections: 3 }, inputShapes: [[2, 1, 2]] },
  ],
  largeSample: { config: { units: 127, reflections: 2 }, batch: 65, inputShapes: [[129]] },
  inputKind: 'features',
  starts: { calibrated: {} },
  parameterFormula: 'reflections max(n, units) + units, with min(n, units) reflections by default',
  parameterCount: (config, [shape]) =>
    countOf(config, featuresOf(shape)) * widthOf(config, featuresOf(shape)) +
    (config.useBias ? config.units : 0),
  isSmooth: true,
  degree: () => 1,
  outputShape({ units, reflections }, inputShapes) {
    requireWhole('orthogonalDense', 'units', units, 1);
    if (reflections !== null) requireWhole('orthogonalDense', 'reflections', reflections, 1);
    return [...singleInput('orthogonalDense', inputShapes).slice(0, -1), units];
  },
  parameters(config, [shape]) {
    const n = featuresOf(shape);
    const { units, useBias, kernelInitializer, biasInitializer } = config;
    return [
      {
        name: 'normals',
        shape: [countOf(config, n), widthOf(config, n)],
        role: 'kernel',
        initializer: kernelInitializer,
        fanAxes: { in: [1], out: [] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: { normals, bias } }) {
    const { units, useBias } = config;
    const reflected = reflectAll(widened(x, normals.shape), normals);
    const y = units < featuresOf(x.shape) ? sliceAxis(reflected, -1, 0, units) : reflected;
    return { output: activation(config.activation).apply(useBias ? add(y, bias) : y) };
  },
};

function countOf({ units, reflections }: OrthogonalDenseConfig, n: number): number {
  return reflections ?? Math.min(n, units);
}

function widthOf({ units }: OrthogonalDenseConfig, n: number): number {
  return Math.max(n, units);
}

/** Zeros behind the last feature, up to the length of a normal. */
function widened(x: Node, [, width]: Shape): Node {
  const missing = width - featuresOf(x.shape);
  const none = x.shape.map(() => 0);
  return missing === 0 ? x : pad(x, none, [...none.slice(1), missing]);
}
