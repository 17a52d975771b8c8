import { add, matMul, mul, sin } from '@polyneuron/graph';
import type { InitializerConfig } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requirePositive, requireWhole, singleInput } from '../checks.js';

export interface SirenConfig {
  /** Outputs per position. */
  readonly units: number;
  /** ω: the larger, the higher the frequencies that the layer starts with. */
  readonly omega: number;
  /** The layer that the coordinates enter. */
  readonly isFirst: boolean;
  readonly useBias: boolean;
}

/**
 * Sinusoidal layer of an implicit representation: coordinates in, a signal and all its derivatives out.
 *
 * y = sin(ω (x W + b))
 *
 * Shapes   x [B, ..., n], kernel [n, units], bias [units] → y [B, ..., units]
 * Cost     2·B·n·units flops and a sine for each output
 * Start    first layer W ~ U(±1/n): for x in [-1, 1]^n the argument reaches ±ω. Others W ~ U(±√(6/n) / ω): for inputs
 *          that are sines of wide arguments (variance 1/2) ω x W has variance n · 1/2 · 6/(3 n) = 1, at any depth.
 *          Biases U(±1/√n), as torch leaves them in the authors' code.
 * Numerics the sine of an argument t has an absolute error of about 6e-8 |t| in float32: keep ω |x W + b| below 1000
 * Pitfalls coordinates scaled to [-1, 1]; a linear layer at the end, since y stays in [-1, 1]; a hidden layer with
 *          isFirst: true is √(n/6)/ω times too narrow or too wide
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units below 1, or omega not above 0
 * Source   Sitzmann et al. 2020, Implicit Neural Representations with Periodic Activation Functions, Sec. 3.2
 *
 * @example
 * // ω = π, W = [1/2, 0], b = 0: x = [1, 7] → sin(π/2) = 1
 */
export const sirenSpec: LayerSpec<SirenConfig> = {
  name: 'siren',
  title: 'SIREN',
  formula: 'y = sin(omega (x W + b))',
  source: 'Sitzmann et al. 2020, Implicit Neural Representations with Periodic Activation Functions',
  defaults: { omega: 30, isFirst: false, useBias: true },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 3, omega: 1 }, inputShapes: [[4]] },
    { config: { units: 2, omega: 0.5, isFirst: true, useBias: false }, inputShapes: [[2, 3]] },
    { config: { units: 1, omega: 2 }, inputShapes: [[1]] },
    { config: { units: 2, omega: 1, isFirst: true }, inputShapes: [[2, 1, 3]] },
  ],
  largeSample: { config: { units: 17, omega: 1 }, batch: 65, inputShapes: [[65]] },
  inputKind: 'features',
  parameterFormula: 'n units + units',
  parameterCount: ({ units, useBias }, [shape]) => (featuresOf(shape) + (useBias ? 1 : 0)) * units,
  isSmooth: true,
  degree: () => undefined,
  outputShape({ units, omega }, inputShapes) {
    requireWhole('siren', 'units', units, 1);
    requirePositive('siren', 'omega', omega);
    return [...singleInput('siren', inputShapes).slice(0, -1), units];
  },
  parameters({ units, omega, isFirst, useBias }, [shape]) {
    const n = featuresOf(shape);
    return [
      {
        name: 'kernel',
        shape: [n, units],
        role: 'kernel',
        initializer: uniform(isFirst ? 1 / n : Math.sqrt(6 / n) / omega),
        fanAxes: { in: [0], out: [1] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: uniform(1 / Math.sqrt(n)) } as const]
        : []),
    ];
  },
  forward({ config: { omega, useBias }, inputs: [x], parameters: { kernel, bias } }) {
    const linear = matMul(x, kernel);
    return { output: sin(mul(useBias ? add(linear, bias) : linear, omega)) };
  },
};

function uniform(limit: number): InitializerConfig {
  return { kind: 'uniform', min: -limit, max: limit };
}
