import { add, einsum, exp, log, mul, reshape, sizeOf, square, ValueError } from '@polyneuron/graph';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec } from '../../layerSpec.js';
import { requireOneOf, requireWhole, singleInput } from '../checks.js';
import { type CrossStart, crossStarts } from './crossStart.js';

export interface LogTransformConfig {
  /** Output fields: logarithmic neurons. */
  readonly units: number;
  /** Sizes below about this count as this: |x| is read as √(x² + epsilon²). */
  readonly epsilon: number;
  readonly useBias: boolean;
  readonly start: CrossStart;
  /** Law of the orders unless the start is 'identity'; null: the law of the start. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/** Mean and variance of log|x| for a normal x: ½(ψ(½) + log 2) and ψ'(½)/4. */
const logMean = -0.635181422730739;
const logVariance = Math.PI ** 2 / 8;

/** Of log y, so that a log-normal y of log-mean 0 has variance e^v (e^v - 1) = 1: e^v is the golden ratio. */
const calibratedLogVariance = Math.log((1 + Math.sqrt(5)) / 2);

const calibratedLaw: InitializerConfig = {
  kind: 'varianceScaling',
  scale: calibratedLogVariance / (logVariance + logMean ** 2),
  mode: 'fanIn',
  distribution: 'uniform',
};

/**
 * Logarithmic transformation of AFN: products of powers of the fields with learned real orders.
 *
 * y[o,d] = exp(Σ_f orders[f,o] log √(x[f,d]² + epsilon²) + bias[o])  ≈  e^bias[o] Π_f |x[f,d]|^orders[f,o]
 *
 * An even function of x: signs are lost, and AFN keeps its embeddings positive.
 *
 * Shapes   x [B, ..., F, D]; orders [F, units], bias [units] → y [B, ..., units, D], all above 0
 * Cost     2·B·F·D·units flops, a logarithm for every input and an exponential for every output
 * Start    'calibrated': log y is a sum over fields of order times log|x|, which has mean -0.635 and variance π²/8 for a
 *          normal x. Independent orders of variance s / F and mean 0 give log y the variance s (π²/8 + 0.635²), near
 *          normal for many fields; s = 0.294 makes the variance of y 1 then (1.06 measured at 64 fields, 1.2 at 16, 2.2
 *          at 8, 3.3 at 4, where orders are large and small inputs weigh). 'identity': orders the identity, y_o = |x_o|.
 * Numerics the source clips |x| at 1e-5, which stops the gradient below and makes it 1e5 above; here it is
 *          x / (x² + epsilon²), smooth, 0 at 0 and at most 1 / (2 epsilon). For |x| >> epsilon the value differs by the
 *          factor 1 + epsilon² / (2 x²). Sums of orders times logarithms above 88 overflow in float32.
 * Pitfalls no batch normalisation before and after, where the source has both: normalise outside, the bias replaces the
 *          scale of the second. Not a layer to stack: outputs near 1 have logarithms near 0, and a stack tends to 1.
 * Throws   ShapeError unless there is one input of rank >= 3; ValueError on units below 1, an epsilon that is not above 0
 *          or an unknown start
 * Source   Cheng, Shen and Huang 2020, Adaptive Factorization Network (AAAI)
 */
export const logTransformSpec: LayerSpec<LogTransformConfig> = {
  name: 'logTransform',
  title: 'Logarithmic transformation',
  formula: 'y[o,d] = exp(sum_f orders[f,o] log sqrt(x[f,d]^2 + epsilon^2) + bias[o])',
  source:
    'Cheng, Shen and Huang 2020, Adaptive Factorization Network: Learning Adaptive-Order Feature Interactions',
  defaults: {
    epsilon: 1e-5,
    useBias: true,
    start: 'calibrated',
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of output fields' },
  samples: [
    { config: { units: 2, epsilon: 0.5 }, inputShapes: [[3, 2]] },
    { config: { units: 1, epsilon: 1, useBias: false }, inputShapes: [[2, 1]] },
    { config: { units: 3, epsilon: 0.5 }, inputShapes: [[2, 2, 2]] },
  ],
  largeSample: { config: { units: 9, epsilon: 0.5 }, batch: 17, inputShapes: [[13, 65]] },
  inputKind: 'fields',
  starts: { calibrated: { start: 'calibrated' }, identity: { start: 'identity' } },
  parameterFormula: 'F units + units',
  parameterCount: ({ units, useBias }, [shape]) => units * (shape[shape.length - 2] + (useBias ? 1 : 0)),
  isSmooth: true,
  degree: () => undefined,
  outputShape({ units, epsilon, start }, inputShapes) {
    requireWhole('logTransform', 'units', units, 1);
    requireOneOf('logTransform', 'start', start, crossStarts);
    if (!(epsilon > 0 && epsilon < Number.POSITIVE_INFINITY)) {
      throw new ValueError({
        subject: 'logTransform',
        expected: 'epsilon to be a finite number above 0',
        received: String(epsilon),
        fix: 'pass epsilon: 1e-5, the default',
      });
    }
    return singleInput('logTransform', inputShapes, 2).with(-2, units);
  },
  parameters(config, [shape]) {
    const { units, useBias, start, kernelInitializer, biasInitializer } = config;
    return [
      {
        name: 'orders',
        shape: [shape[shape.length - 2], units],
        role: 'kernel',
        initializer: start === 'identity' ? initializers.identity : (kernelInitializer ?? calibratedLaw),
        fanAxes: { in: [0], out: [1] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [units], role: 'bias', initializer: biasInitializer } as const]
        : []),
    ];
  },
  forward({ config, inputs: [input], parameters: p }) {
    const { units, epsilon, useBias } = config;
    const leading = input.shape.slice(0, -2);
    const [fields, size] = input.shape.slice(-2);
    const x = reshape(input, [sizeOf(leading), fields, size]);
    const logarithms = mul(log(add(square(x), epsilon ** 2)), 0.5);
    const sums = einsum('bfd,fo->bod', logarithms, p.orders);
    const y = exp(useBias ? add(sums, reshape(p.bias, [units, 1])) : sums);
    return { output: reshape(y, [...leading, units, size]) };
  },
};
