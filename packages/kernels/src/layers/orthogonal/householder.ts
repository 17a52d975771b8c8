import type { InitializerConfig } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole, singleInput } from '../checks.js';
import { reflectAll } from './reflectAll.js';

export interface HouseholderConfig {
  /** k: reflections applied one after the other. */
  readonly reflections: number;
  /** Law of the normals; any law that is symmetric in all directions gives uniform hyperplanes. */
  readonly kernelInitializer: InitializerConfig;
}

/**
 * Reflection in trainable hyperplanes through the origin.
 *
 * H(n) x = x - 2 n (n·x) / (n·n);     y = H(n_k) ... H(n_1) x
 *
 * An orthogonal map: lengths and angles stay, H(n) H(n) x = x, the determinant is (-1)^k, and k = number of features
 * reaches every orthogonal matrix of that determinant. H(c n) = H(n) for every c ≠ 0.
 *
 * Shapes   x [B, ..., n], normals [k, n] → y of the shape of x
 * Degree   1 in x
 * Cost     4·B·n·k flops
 * Numerics a normal whose n·n is 0 (or underflows to it: in float32 below about 1e-23) reflects nothing: y = x, and its
 *          derivative is 0 instead of NaN
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on reflections below 1
 * Source   Householder 1958; the Reflection exercise of seed 004
 *
 * @example
 * // n = [1, 0]: [3, 4] => [-3, 4]
 */
export const householderSpec: LayerSpec<HouseholderConfig> = {
  name: 'householder',
  title: 'Householder reflection',
  formula: 'y = x - 2 n (n.x) / (n.n), once per normal',
  source: 'Householder 1958, Unitary Triangularization of a Nonsymmetric Matrix',
  defaults: { reflections: 1, kernelInitializer: { kind: 'normal', mean: 0, stddev: 1 } },
  samples: [
    { config: {}, inputShapes: [[3]] },
    { config: {}, inputShapes: [[1]] },
    { config: { reflections: 3 }, inputShapes: [[2, 3]] },
    { config: { reflections: 2 }, inputShapes: [[2, 1, 2]] },
  ],
  largeSample: { config: { reflections: 2 }, batch: 65, inputShapes: [[129]] },
  inputKind: 'features',
  starts: { calibrated: {} },
  parameterFormula: 'n reflections',
  parameterCount: ({ reflections }, [shape]) => reflections * featuresOf(shape),
  isSmooth: true,
  degree: () => 1,
  outputShape({ reflections }, inputShapes) {
    requireWhole('householder', 'reflections', reflections, 1);
    return singleInput('householder', inputShapes);
  },
  parameters({ reflections, kernelInitializer }, [shape]) {
    return [
      {
        name: 'normals',
        shape: [reflections, featuresOf(shape)],
        role: 'kernel',
        initializer: kernelInitializer,
        fanAxes: { in: [1], out: [] },
      },
    ];
  },
  forward: ({ inputs: [x], parameters: { normals } }) => ({ output: reflectAll(x, normals) }),
};
