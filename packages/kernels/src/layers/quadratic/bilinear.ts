import { add, type Shape, ShapeError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, formatBatched, requireWhole } from '../checks.js';
import { bilinearForm } from './quadraticTerms.js';

export interface BilinearConfig {
  /** Outputs per position. */
  readonly units: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  /** Its fan-in is n·m, the number of products that a unit adds. */
  readonly kernelInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

/**
 * A bilinear form of two inputs per unit.
 *
 * y_k = activation(xᵀ W_k z + b_k) = activation(Σ_ij W_kij x_i z_j + b_k)
 *
 * The kernel has the layout of torch.nn.Bilinear's weight, so that its weights load as they are.
 *
 * Shapes   x [B, ..., n], z [B, ..., m] with equal axes before the last; kernel [units, n, m], bias [units]
 *          → y [B, ..., units]
 * Degree   2 in (x, z) together, 1 in each
 * Cost     2·B·units·n·m flops, B·units·m floats of scratch; units·n·m + units parameters
 * Start    LeCun with fan-in n·m: E y² = n m σ² = 1 for independent unit-variance inputs of any law. torch draws with
 *          variance 1 / (3 n), so that its output has variance m / 3
 * Pitfalls a stack has no linear path: depth belongs to `quadDense` or `quadraticForm`
 * Throws   ShapeError unless there are two inputs of rank >= 2 that differ in the last axis only; ValueError on units
 *          below 1
 * Source   Tenenbaum and Freeman 2000, Separating Style and Content with Bilinear Models; torch.nn.Bilinear
 *
 * @example
 * // x = [1, 2], z = [3, 4, 5], W of ones: y = (1 + 2)(3 + 4 + 5) = 36
 */
export const bilinearSpec: LayerSpec<BilinearConfig> = {
  name: 'bilinear',
  title: 'Bilinear',
  formula: 'y_k = activation(x^T W_k z + b_k)',
  source: 'Tenenbaum and Freeman 2000, Separating Style and Content with Bilinear Models; torch.nn.Bilinear',
  defaults: {
    activation: 'linear',
    useBias: true,
    kernelInitializer: initializers.lecunUniform,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2 }, inputShapes: [[3], [2]] },
    { config: { units: 1, useBias: false }, inputShapes: [[1], [1]] },
    {
      config: { units: 3, activation: 'tanh' },
      inputShapes: [
        [2, 2],
        [2, 3],
      ],
    },
    {
      config: { units: 2 },
      inputShapes: [
        [2, 1, 2],
        [2, 1, 2],
      ],
    },
  ],
  largeSample: { config: { units: 7, activation: 'tanh' }, batch: 33, inputShapes: [[17], [19]] },
  inputKind: 'features',
  starts: { calibrated: {} },
  parameterFormula: 'n m units + units',
  parameterCount: ({ units, useBias }, [x, z]) => (featuresOf(x) * featuresOf(z) + (useBias ? 1 : 0)) * units,
  isSmooth: true,
  degree: () => 2,
  outputShape({ units }, inputShapes) {
    requireWhole('bilinear', 'units', units, 1);
    return [...leadingAxes(inputShapes), units];
  },
  parameters({ units, useBias, kernelInitializer, biasInitializer }, [x, z]) {
    return [
      {
        name: 'kernel',
        shape: [units, featuresOf(x), featuresOf(z)],
        role: 'kernel',
        initializer: kernelInitializer,
        fanAxes: { in: [1, 2], out: [0] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [x, z], parameters: { kernel, bias } }) {
    const form = bilinearForm(x, kernel, z);
    return { output: activation(config.activation).apply(config.useBias ? add(form, bias) : form) };
  },
};

function leadingAxes(inputShapes: readonly Shape[]): Shape {
  const [x, z] = inputShapes;
  const isFit =
    inputShapes.length === 2 &&
    x.length >= 1 &&
    x.length === z.length &&
    x.slice(0, -1).join() === z.slice(0, -1).join();
  if (isFit) return x.slice(0, -1);
  throw new ShapeError({
    subject: 'bilinear',
    expected: 'two inputs [x, z] of rank 2 or more that differ in the last axis only',
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: 'reshape or repeat one of them; for a form of one input take quadraticForm',
  });
}
