import { abs, add, div, less, mul, type Node, neg, reshape, select, sliceAxis } from '@polyneuron/graph';
import type { InitializerConfig } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import {
  denominatorCount,
  type RationalOptions,
  type RationalVersion,
  rationalCoefficients,
  rationalStarts,
} from './rationalStart.js';

export interface RationalConfig extends RationalOptions {
  /** One quotient for every feature in place of one for the layer. */
  readonly perFeature: boolean;
  /** Law of numerator and denominator; null: the coefficients that `approximates` names. */
  readonly kernelInitializer: InitializerConfig | null;
}

/**
 * Rational (Padé) activation: a quotient of polynomials with learned coefficients, elementwise.
 *
 * y = P(x) / Q(x),   P = Σ_{k=0..p} a_k x^k
 * a   Q = 1 + Σ_{k=1..q} |b_k| |x|^k          no pole for any b
 * b   Q = 1 + |Σ_{k=1..q} b_k x^k|            no pole for any b
 * c   Q = 1/10 + |Σ_{k=0..q} b_k x^k|         no pole for any b
 * n   Q = 1 + Σ_{k=1..q} b_k x^k              smooth, and infinite where Q is 0
 *
 * The letters are the literature's, in lower case: tfjs writes option values in lower case when it saves a model.
 *
 * Shapes   x [B, ..., n]; numerator [p + 1], denominator [q] ([q + 1] in version 'c'), with a leading axis n when
 *          perFeature → y of the shape of x
 * Cost     about 2 (p + q) flops and one division per element
 * Start    least-squares fits on [-3, 3] to activations of this package (`rationalTables.ts`), or 'identity', which is
 *          x exactly; degrees above those of a fit, 5/4 or 3/2, begin with zeros
 * Numerics |b| has slope 1 at b = 0, so that coefficients which begin at 0 can learn; a library that takes sign(0) = 0
 *          never moves them. x^5 overflows float32 from |x| = 4e7 on: there P / Q is ∞ / ∞
 * Pitfalls fits say nothing beyond |x| = 3; weight decay pulls the function to 0, not to its activation
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on degrees below 1 or too small for the
 *          start, an unknown version or start
 * Source   Molina, Schramowski and Kersting 2020, Padé Activation Units, Eq. (2) for version 'a'; b, c, n: the
 *          versions of ml-research/rational_activations
 */
export const rationalSpec: LayerSpec<RationalConfig> = {
  name: 'rational',
  title: 'Rational (Padé)',
  formula:
    'y = sum_k a_k x^k / Q(x)\na: Q = 1 + sum_(k>=1) |b_k| |x|^k\nb: Q = 1 + |sum_(k>=1) b_k x^k|\nc: Q = 0.1 + |sum_(k>=0) b_k x^k|\nn: Q = 1 + sum_(k>=1) b_k x^k',
  source: 'Molina, Schramowski and Kersting 2020, Padé Activation Units',
  defaults: {
    numeratorDegree: 5,
    denominatorDegree: 4,
    version: 'a',
    approximates: 'leakyRelu',
    perFeature: false,
    kernelInitializer: null,
  },
  samples: [
    { config: {}, inputShapes: [[3]] },
    { config: { version: 'b', approximates: 'swish' }, inputShapes: [[2, 2]] },
    { config: { version: 'c', approximates: 'tanh', perFeature: true }, inputShapes: [[3]] },
    {
      config: { version: 'n', numeratorDegree: 3, denominatorDegree: 2, approximates: 'gelu' },
      inputShapes: [[2]],
    },
    {
      config: { numeratorDegree: 2, denominatorDegree: 3, approximates: 'identity', perFeature: true },
      inputShapes: [[2, 1, 2]],
    },
  ],
  largeSample: { config: { perFeature: true }, batch: 129, inputShapes: [[65]] },
  inputKind: 'features',
  starts: { identity: { approximates: 'identity' } },
  parameterFormula: 'p + 1 + q, and 1 more in version c; times n when perFeature',
  parameterCount: ({ numeratorDegree, denominatorDegree, version, perFeature }, [shape]) =>
    (numeratorDegree + 1 + denominatorDegree + (version === 'c' ? 1 : 0)) *
    (perFeature ? featuresOf(shape) : 1),
  isSmooth: false,
  degree: () => undefined,
  outputShape(config, inputShapes) {
    requireWhole('rational', 'numeratorDegree', config.numeratorDegree, 1);
    requireWhole('rational', 'denominatorDegree', config.denominatorDegree, 1);
    requireOneOf('rational', 'version', config.version, Object.keys(denominators));
    requireOneOf('rational', 'approximates', config.approximates, rationalStarts);
    if (config.kernelInitializer === null) rationalCoefficients(config);
    return singleInput('rational', inputShapes);
  },
  parameters(config, [shape]) {
    const { numeratorDegree, perFeature, kernelInitializer } = config;
    const rows = perFeature ? [featuresOf(shape)] : [];
    const parameter = (name: 'numerator' | 'denominator', count: number): ParameterSpec => ({
      name,
      shape: [...rows, count],
      role: 'kernel',
      initializer: kernelInitializer ?? constants(rationalCoefficients(config)[name]),
      fanAxes: { in: [rows.length], out: [] },
    });
    return [parameter('numerator', numeratorDegree + 1), parameter('denominator', denominatorCount(config))];
  },
  forward({ config, inputs: [x], parameters: { numerator, denominator } }) {
    const top = horner(columns(numerator), x);
    return { output: div(top, denominators[config.version](columns(denominator), x)) };
  },
};

const denominators: { readonly [K in RationalVersion]: (b: readonly Node[], x: Node) => Node } = {
  a: (b, x) => {
    const size = abs(x);
    return add(mul(horner(b.map(magnitude), size), size), 1);
  },
  b: (b, x) => add(magnitude(mul(horner(b, x), x)), 1),
  c: (b, x) => add(magnitude(horner(b, x)), 0.1),
  n: (b, x) => add(mul(horner(b, x), x), 1),
};

/** |x| with slope 1 at 0. */
const magnitude = (x: Node): Node => select(less(x, 0), neg(x), x);

/** Σ_k c_k x^k */
function horner(coefficients: readonly Node[], x: Node): Node {
  return coefficients.reduceRight<Node | undefined>(
    (sum, coefficient) => (sum ? add(mul(sum, x), coefficient) : coefficient),
    undefined,
  ) as Node;
}

/** The coefficient of each power: [1], or [n] when there is one per feature. */
function columns(coefficients: Node): Node[] {
  const { shape } = coefficients;
  const rows = shape.length > 1 ? shape[0] : 1;
  return Array.from({ length: shape[shape.length - 1] }, (_, k) =>
    reshape(sliceAxis(coefficients, -1, k, 1), [rows]),
  );
}

const constants = (values: readonly number[]): InitializerConfig => ({
  kind: 'stacked',
  axis: -1,
  laws: values.map((value) => ({ kind: 'constant', value })),
});
