import { add, matMul, mul, type Node, reshape, square, sub, sum, ValueError } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';

/** How pairs enter: with a sixteenth of the output's variance, or behind a gain that starts at 0. */
export type FactorizationMachineStart = 'calibrated' | 'linear';

export interface FactorizationMachineConfig {
  /** Length k of the factor that each feature has for each unit. */
  readonly factors: number;
  /** Outputs per position, each with weights and factors of its own. */
  readonly units: number;
  /** Adds Σ_i w[i] x[i]. */
  readonly useLinear: boolean;
  readonly useBias: boolean;
  readonly activation: ActivationName;
  readonly start: FactorizationMachineStart;
  /** Law of linear weights and factors; null: the calibrated laws. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * Part of the variance that pairs get beside a linear part. A stack amplifies deviations from variance 1 by 1 + this
 * per layer: 1.6 in eight layers; with a tenth or more, and independent linear weights, some stacks of eight double.
 */
const pairShare = 1 / 16;

/**
 * Factorization machine: an affine map plus all products of two features, whose weights are inner products of factors.
 *
 * y = activation(b + Σ_i w[i] x[i] + Σ_{i<j} ⟨v[i], v[j]⟩ x[i] x[j])
 *   pairs = ½ Σ_k ((Σ_i x[i] v[i,k])² − Σ_i x[i]² v[i,k]²)      ← computed form, O(nk)
 *
 * Shapes   x [B, ..., n]; linear [n, units], factors [n, units, k], gain [units] with start 'linear', bias [units]
 *          → y [B, ..., units]
 * Degree   2 in x, 2 in v
 * Cost     ≈ 2·B·n·k·units flops and B·k·units floats of scratch; n·units·(k + 1) + units parameters
 * Start    'calibrated': pairs of independent unit-variance features are uncorrelated, so n(n−1)/2 pairs with factors
 *          of variance s² have variance n(n−1)/2·k·s⁴; s gives them a sixteenth of the output's variance and orthogonal
 *          linear weights the rest (all of it where one part is left out). Eight layers of width 64 keep the variance
 *          between 0.98 and 1.03. 'linear': pairs are multiplied by a trained gain that starts at 0, so the layer
 *          starts as `dense`; factors at 0 would stay there, since the derivative in v is linear in v.
 * Numerics the two squares cancel when y is small against ‖x‖²‖v‖²: the error is a few roundings of the squares
 * Pitfalls a weight ⟨v[i], v[j]⟩ matrix of k factors has rank k at most, and its diagonal is never used
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on factors or units below 1, an unknown start,
 *          or start 'linear' without the linear part
 * Source   Rendle 2010, Factorization Machines (ICDM), Eq. (1) and Lemma 3.1
 *
 * @example
 * // x = [1, 2], v = [[3], [4]], no linear part, no bias: 3·4·1·2 = 24
 */
export const factorizationMachineSpec: LayerSpec<FactorizationMachineConfig> = {
  name: 'factorizationMachine',
  title: 'Factorization machine',
  formula: 'y = activation(b + sum_i w[i] x[i] + sum_{i<j} <v[i], v[j]> x[i] x[j])',
  source: 'Rendle 2010, Factorization Machines (ICDM), Eq. (1) and Lemma 3.1',
  defaults: {
    units: 1,
    useLinear: true,
    useBias: true,
    activation: 'linear',
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { factors: 'length of the factor of a feature' },
  samples: [
    { config: { factors: 2 }, inputShapes: [[4]] },
    { config: { factors: 3, units: 2, start: 'linear', activation: 'tanh' }, inputShapes: [[3]] },
    { config: { factors: 1, useLinear: false, useBias: false }, inputShapes: [[2, 2]] },
    { config: { factors: 2, units: 3, activation: 'sigmoid' }, inputShapes: [[2, 1, 3]] },
  ],
  largeSample: { config: { factors: 3, units: 7, activation: 'tanh' }, batch: 65, inputShapes: [[65]] },
  inputKind: 'features',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'linear' } },
  parameterFormula: "n units (factors + 1) + units, and units more with start 'linear'",
  parameterCount: ({ factors, units, useLinear, useBias, start }, [shape]) =>
    units *
    (featuresOf(shape) * (factors + (useLinear ? 1 : 0)) + (start === 'linear' ? 1 : 0) + (useBias ? 1 : 0)),
  isSmooth: true,
  degree: () => 2,
  outputShape({ factors, units, start, useLinear }, inputShapes) {
    requireWhole('factorizationMachine', 'factors', factors, 1);
    requireWhole('factorizationMachine', 'units', units, 1);
    requireOneOf('factorizationMachine', 'start', start, ['calibrated', 'linear']);
    if (start === 'linear' && !useLinear) {
      throw new ValueError({
        subject: 'factorizationMachine',
        expected: "useLinear: true with start 'linear', which begins as the linear part alone",
        received: 'useLinear: false',
        fix: "pass start: 'calibrated', or keep the linear part",
      });
    }
    return [...singleInput('factorizationMachine', inputShapes).slice(0, -1), units];
  },
  parameters(config, [shape]) {
    const { factors, units, useLinear, useBias, start, kernelInitializer, biasInitializer } = config;
    const n = featuresOf(shape);
    const laws = calibratedLaws(config, n);
    const linear: ParameterSpec = {
      name: 'linear',
      shape: [n, units],
      role: 'kernel',
      initializer: kernelInitializer ?? laws.linear,
      fanAxes: { in: [0], out: [1] },
    };
    return [
      ...(useLinear ? [linear] : []),
      {
        name: 'factors',
        shape: [n, units, factors],
        role: 'kernel',
        initializer: kernelInitializer ?? laws.factors,
        fanAxes: { in: [0], out: [2] },
        group: 'higherOrder',
      },
      ...(start === 'linear'
        ? [
            {
              name: 'gain',
              shape: [units],
              role: 'other',
              initializer: initializers.zeros,
              group: 'higherOrder',
            } as const,
          ]
        : []),
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [x], parameters: p }) {
    const pairs = sumOfPairs(x, p.factors);
    const parts = [
      config.start === 'linear' ? mul(pairs, p.gain) : pairs,
      ...(config.useLinear ? [matMul(x, p.linear)] : []),
      ...(config.useBias ? [p.bias] : []),
    ];
    const y = parts.reduce((total, part) => add(total, part));
    return { output: activation(config.activation).apply(y) };
  },
};

/** Σ_{i<j} ⟨v[i], v[j]⟩ x[i] x[j] by Lemma 3.1: x [..., n], v [n, units, k] → [..., units]. */
function sumOfPairs(x: Node, factors: Node): Node {
  const [n, units, k] = factors.shape;
  const sums = reshape(matMul(x, reshape(factors, [n, units * k])), [...x.shape.slice(0, -1), units, k]);
  const squares = matMul(square(x), sum(square(factors), -1));
  return mul(sub(sum(square(sums), -1), squares), 0.5);
}

/** One feature has no pairs: all variance goes to the linear part. */
function calibratedLaws({ factors, units, useLinear, start }: FactorizationMachineConfig, n: number) {
  const pairs = (n * (n - 1)) / 2;
  const share = !useLinear || start === 'linear' ? 1 : pairShare;
  const linearShare = start === 'linear' || pairs === 0 ? 1 : 1 - share;
  // With more units than features the columns of an orthogonal matrix are too short by √(n / units)
  const gain = Math.sqrt(linearShare * Math.max(1, units / n));
  const linear: InitializerConfig = { kind: 'orthogonal', gain };
  const stddev = (share / (Math.max(1, pairs) * factors)) ** 0.25;
  const law: InitializerConfig = { kind: 'normal', mean: 0, stddev };
  return { linear, factors: law };
}
