import { add, einsum, mul, type Node, reshape, ShapeError, sizeOf, sum, transpose } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, formatBatched, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { type CrossStart, crossStarts, fanInLaw, productShare, requireLiveAtZero } from './crossStart.js';

export interface KhatriRaoConfig {
  /** R: rows of the Khatri-Rao product, each with a kernel of its own. M in the paper. */
  readonly numRows: number;
  /** H: parts of every field that the products go through one after another. */
  readonly numHeads: number;
  /** F: fields that lie one after another in the features; it matters with several heads only. */
  readonly numFields: number;
  /** Between the affine map of a row and its product, where the paper finds activations to help. */
  readonly midActivation: ActivationName;
  readonly useBias: boolean;
  readonly start: CrossStart;
  /** Law of the kernel unless the start is 'identity'; null: the law of the start. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * QNN-α: the Khatri-Rao product of the input with several activated affine maps of it, summed over the maps.
 *
 * y = π(x) ⊙ Σ_r φ(x W_r + b_r) + x
 *
 * φ is midActivation. π is the identity with one head. With H heads each of the F fields is cut into H parts, and π(x)
 * lists the first parts of all fields, then the second ones, and so on: product i pairs x_π(i) with map i, and is added
 * to x_i. This is what the authors' code computes; heads beyond that reordering would only rename columns of W.
 *
 * Shapes   x [B, ..., n]; kernel [R, n, n], bias [R, n] → y [B, ..., n]; n a multiple of F·H
 * Degree   2 in x with the linear midActivation, else none
 * Cost     2·B·R·n² flops; R·(n² + n) parameters
 * Start    'calibrated': rows of standard deviation s = (√(33/32) - 1) / R for unit-variance x. As √E[(a + b)²] <=
 *          √E[a²] + √E[b²], and |φ(z)| <= |z|, the output has √E[y²] <= 1 + R s: a second moment of at most 33/32.
 *          'identity': W = b = 0, y = x; φ must be 0 with a slope at 0, which relu has not: pass swish or linear.
 * Pitfalls no batch normalisation inside, where the source has it optionally before φ: one sample's output would depend
 *          on the others. Put a normalisation before the layer instead. φ = relu adds a positive mean to every product.
 * Throws   ShapeError unless there is one input of rank >= 2 whose features divide into fields and heads; ValueError on
 *          sizes below 1, an unknown start, or start 'identity' with a midActivation that is not live at 0
 * Source   Li et al. 2025, Revisiting Feature Interactions from the Perspective of Quadratic Neural Networks for
 *          Click-through Rate Prediction (KDD), and its code `QNN_alpha`
 */
export const khatriRaoSpec: LayerSpec<KhatriRaoConfig> = {
  name: 'khatriRao',
  title: 'Khatri-Rao interaction',
  formula: 'y = pi(x) * sum_r midActivation(x W_r + b_r) + x',
  source:
    'Li et al. 2025, Revisiting Feature Interactions from the Perspective of Quadratic Neural Networks (QNN-alpha)',
  defaults: {
    numRows: 2,
    numHeads: 1,
    numFields: 1,
    midActivation: 'relu',
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  samples: [
    { config: {}, inputShapes: [[3]] },
    { config: { midActivation: 'linear', numRows: 3 }, inputShapes: [[2]] },
    { config: { midActivation: 'tanh', numHeads: 2, numFields: 2 }, inputShapes: [[4]] },
    {
      config: { midActivation: 'swish', numRows: 1, useBias: false, start: 'identity' },
      inputShapes: [[2, 1, 2]],
    },
  ],
  largeSample: {
    config: { midActivation: 'tanh', numHeads: 5, numFields: 3 },
    batch: 17,
    inputShapes: [[45]],
  },
  inputKind: 'features',
  starts: {
    calibrated: { start: 'calibrated' },
    identity: { start: 'identity', midActivation: 'swish' },
  },
  parameterFormula: 'numRows (n² + n)',
  parameterCount: ({ numRows, useBias }, [shape]) =>
    numRows * featuresOf(shape) * (featuresOf(shape) + (useBias ? 1 : 0)),
  isSmooth: true,
  degree: ({ midActivation }) => (midActivation === 'linear' ? 2 : undefined),
  outputShape({ numRows, numHeads, numFields, start, midActivation }, inputShapes) {
    requireWhole('khatriRao', 'numRows', numRows, 1);
    requireWhole('khatriRao', 'numHeads', numHeads, 1);
    requireWhole('khatriRao', 'numFields', numFields, 1);
    requireOneOf('khatriRao', 'start', start, crossStarts);
    if (start === 'identity') requireLiveAtZero('khatriRao', 'midActivation', midActivation);
    const shape = singleInput('khatriRao', inputShapes);
    if (featuresOf(shape) % (numHeads * numFields) === 0) return shape;
    throw new ShapeError({
      subject: 'khatriRao',
      expected: `features that divide into ${numFields} fields of ${numHeads} heads`,
      received: formatBatched(shape),
      fix: 'choose numFields · numHeads as a divisor of the number of features',
    });
  },
  parameters(config, [shape]) {
    const { numRows, useBias, start, kernelInitializer, biasInitializer } = config;
    const n = featuresOf(shape);
    const deviation = (Math.sqrt(1 + productShare) - 1) / numRows;
    const law = kernelInitializer ?? fanInLaw(deviation ** 2);
    return [
      {
        name: 'kernel',
        shape: [numRows, n, n],
        role: 'kernel',
        initializer: start === 'identity' ? initializers.zeros : law,
        fanAxes: { in: [1], out: [2] },
        group: 'higherOrder',
      },
      ...(useBias
        ? [{ name: 'bias', shape: [numRows, n], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [input], parameters: p }) {
    const n = featuresOf(input.shape);
    const x = reshape(input, [sizeOf(input.shape.slice(0, -1)), n]);
    const rows = einsum('bn,rnm->brm', x, p.kernel);
    const factors = activation(config.midActivation).apply(config.useBias ? add(rows, p.bias) : rows);
    const y = add(mul(headsFirst(x, config), sum(factors, 1)), x);
    return { output: reshape(y, input.shape) };
  },
};

/** [N, F·H·d] → the same elements in the order H, F, d. */
function headsFirst(x: Node, { numHeads, numFields }: KhatriRaoConfig): Node {
  if (numHeads === 1 || numFields === 1) return x;
  const [rows, n] = x.shape;
  const parts = reshape(x, [rows, numFields, numHeads, n / (numFields * numHeads)]);
  return reshape(transpose(parts, [0, 2, 1, 3]), [rows, n]);
}
