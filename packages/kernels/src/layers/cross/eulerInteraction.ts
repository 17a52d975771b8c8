import {
  add,
  concat,
  cos,
  einsum,
  exp,
  less,
  log,
  matMul,
  mul,
  type Node,
  reshape,
  type Shape,
  ShapeError,
  select,
  sin,
  sizeOf,
  sliceAxis,
  square,
  ValueError,
} from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, formatBatched, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { type CrossStart, crossStarts, fanInLaw, productShare, requireLiveAtZero } from './crossStart.js';
import { polarAngle } from './polarAngle.js';

/** How the input stands for complex numbers: as both parts, or as angles of a learned modulus. */
export type EulerEncoding = 'complex' | 'phase';

const eulerEncodings: readonly EulerEncoding[] = ['complex', 'phase'];

export interface EulerInteractionConfig {
  /** Output fields. */
  readonly units: number;
  /** 'phase' for embeddings, which enter as the angles of complex numbers; 'complex' for the layers that follow. */
  readonly encoding: EulerEncoding;
  /** Of the implicit part, the dense layer beside the interaction. */
  readonly activation: ActivationName;
  /** A squared modulus below this counts as this, and its angle as 0. */
  readonly epsilon: number;
  readonly start: CrossStart;
  /** Law of the orders, the exponents that fields get. */
  readonly ordersInitializer: InitializerConfig;
  /** Law of the kernel unless the start is 'identity'; null: the law of the start. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/**
 * EulerNet: products of complex powers of the fields, Π_f z_f^orders[f,o], beside a dense layer.
 *
 * z = re + i·im:  λ = ½ log max(|z|², epsilon),  θ = angle of z
 * λ' = Σ_f λ_f orders[f,o] + modulusBias,  θ' = Σ_f θ_f orders[f,o] + angleBias
 * re' = e^λ' cos θ' + activation(dense(re)),   im' = e^λ' sin θ' + activation(dense(im))
 *
 * 'complex'  x = [re, im], halves of the last axis.   'phase'  re = modulus cos x, im = modulus sin x, a modulus per field
 *
 * Orders are real, so the powers are adaptive; with whole ones the first term is a monomial of the z_f, for each of the
 * D embedding dimensions alone. The output has the form of 'complex', and layers stack.
 *
 * Shapes   x [B, ..., F, 2·D] ('complex') or [B, ..., F, D] ('phase'); orders [F, units], modulusBias and angleBias
 *          [units, D], kernel [F·D, units·D], bias [units·D], modulus [F, 1] ('phase') → y [B, ..., units, 2·D]
 * Cost     4·B·F·D·units + 4·B·F·units·D² flops, and about 60 a complex input for its logarithm and angle
 * Start    'calibrated': orders the identity (output o begins as field o; surplus outputs begin as the constant 1) and
 *          biases 0, so the explicit part is x; the kernel has variance 1 / (32 F D): with as many units as
 *          fields unit variance becomes at most 33/32, for any activation with |φ(z)| <= |z| (relu: 65/64). 'identity': kernel 0, and the
 *          activation must be 0 with a slope at 0, which relu has not: pass swish or linear.
 * Numerics log and angle have no derivative at z = 0, where the source yields infinite or NaN gradients: inputs with
 *          |z|² < epsilon get none, all others exact ones of size at most 1/√epsilon. The angle jumps by 2π across the
 *          negative real axis, and so does the output unless the order is whole. Large orders overflow e^λ'.
 * Throws   ShapeError unless there is one input of rank >= 3, with an even last axis for 'complex'; ValueError on units
 *          below 1, an epsilon that is not above 0, unknown words, or start 'identity' with an activation that is not
 *          live at 0
 * Source   Tian et al. 2023, EulerNet (SIGIR); without the source's dropout and layer normalisation
 */
export const eulerInteractionSpec: LayerSpec<EulerInteractionConfig> = {
  name: 'eulerInteraction',
  title: 'Euler interaction',
  formula: [
    "lambda' = sum_f log|z_f| orders[f,o] + modulusBias, theta' = sum_f angle(z_f) orders[f,o] + angleBias",
    "re' = exp(lambda') cos(theta') + activation(dense(re))",
    "im' = exp(lambda') sin(theta') + activation(dense(im))",
  ].join('\n'),
  source:
    "Tian et al. 2023, EulerNet: Adaptive Feature Interaction Learning via Euler's Formula for CTR Prediction",
  defaults: {
    encoding: 'complex',
    activation: 'relu',
    epsilon: 1e-8,
    start: 'calibrated',
    ordersInitializer: initializers.identity,
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of output fields' },
  samples: [
    { config: { units: 2, activation: 'tanh' }, inputShapes: [[2, 4]] },
    { config: { units: 3, encoding: 'phase' }, inputShapes: [[2, 2]] },
    { config: { units: 1, epsilon: 0.01, activation: 'swish' }, inputShapes: [[2, 3, 2]] },
  ],
  largeSample: {
    config: { units: 5, encoding: 'phase', activation: 'tanh' },
    batch: 17,
    inputShapes: [[7, 9]],
  },
  inputKind: 'fields',
  starts: {
    calibrated: { start: 'calibrated' },
    identity: { start: 'identity', activation: 'swish' },
  },
  parameterFormula: 'F units + 3 D units + F D² units (complex), and F more (phase)',
  parameterCount({ units, encoding }, [shape]) {
    const [fields, size] = sizesOf(encoding, shape);
    return units * (fields + 3 * size + fields * size * size) + (encoding === 'phase' ? fields : 0);
  },
  isSmooth: true,
  degree: () => undefined,
  outputShape(config, inputShapes) {
    const { units, encoding, epsilon, start } = config;
    requireWhole('eulerInteraction', 'units', units, 1);
    requireOneOf('eulerInteraction', 'encoding', encoding, eulerEncodings);
    requireOneOf('eulerInteraction', 'start', start, crossStarts);
    if (start === 'identity') requireLiveAtZero('eulerInteraction', 'activation', config.activation);
    requireEpsilon(epsilon);
    const shape = singleInput('eulerInteraction', inputShapes, 2);
    if (encoding === 'complex' && featuresOf(shape) % 2 !== 0) {
      throw new ShapeError({
        subject: 'eulerInteraction',
        expected: "an even last axis with encoding 'complex', real parts before imaginary ones",
        received: formatBatched(shape),
        fix: "pass encoding: 'phase' for real embeddings",
      });
    }
    return [...shape.slice(0, -2), units, 2 * sizesOf(encoding, shape)[1]];
  },
  parameters(config, [shape]) {
    const { units, encoding, start, ordersInitializer, kernelInitializer, biasInitializer } = config;
    const [fields, size] = sizesOf(encoding, shape);
    const law = kernelInitializer ?? fanInLaw(productShare);
    const bias = (name: string, biasShape: Shape): ParameterSpec => ({
      name,
      shape: biasShape,
      role: 'bias',
      initializer: biasInitializer,
    });
    return [
      {
        name: 'orders',
        shape: [fields, units],
        role: 'kernel',
        initializer: ordersInitializer,
        fanAxes: { in: [0], out: [1] },
      },
      bias('modulusBias', [units, size]),
      bias('angleBias', [units, size]),
      {
        name: 'kernel',
        shape: [fields * size, units * size],
        role: 'kernel',
        initializer: start === 'identity' ? initializers.zeros : law,
        fanAxes: { in: [0], out: [1] },
      },
      bias('bias', [units * size]),
      ...(encoding === 'phase'
        ? [{ name: 'modulus', shape: [fields, 1], role: 'other', initializer: initializers.ones } as const]
        : []),
    ];
  },
  forward({ config, inputs: [input], parameters: p }) {
    const { units, encoding } = config;
    const leading = input.shape.slice(0, -2);
    const [fields, size] = sizesOf(encoding, input.shape);
    const x = reshape(input, [sizeOf(leading), fields, featuresOf(input.shape)]);
    const parts: readonly [Node, Node] =
      encoding === 'phase'
        ? [mul(p.modulus, cos(x)), mul(p.modulus, sin(x))]
        : [sliceAxis(x, -1, 0, size), sliceAxis(x, -1, size, size)];
    const explicit = powers(parts, config.epsilon, p);
    const implicit = parts.map((part) => {
      const flat = reshape(part, [part.shape[0], fields * size]);
      const dense = activation(config.activation).apply(add(matMul(flat, p.kernel), p.bias));
      return reshape(dense, [part.shape[0], units, size]);
    });
    const y = concat(explicit.map((part, at) => add(part, implicit[at])));
    return { output: reshape(y, [...leading, units, 2 * size]) };
  },
};

/** Parts of e^(λ' + iθ'): [N, F, D] each → [N, units, D] each. */
function powers([re, im]: readonly [Node, Node], epsilon: number, p: Readonly<Record<string, Node>>): Node[] {
  const squared = add(square(re), square(im));
  const isTiny = less(squared, epsilon);
  const logModulus = mul(log(select(isTiny, epsilon, squared)), 0.5);
  const angle = polarAngle(select(isTiny, 1, re), select(isTiny, 0, im));
  const combine = (logarithm: Node, bias: Node) => add(einsum('bfd,fo->bod', logarithm, p.orders), bias);
  const modulus = exp(combine(logModulus, p.modulusBias));
  const phase = combine(angle, p.angleBias);
  return [mul(modulus, cos(phase)), mul(modulus, sin(phase))];
}

/** Fields F and embedding size D of the input. */
function sizesOf(encoding: EulerEncoding, shape: Shape): [number, number] {
  const last = featuresOf(shape);
  return [shape[shape.length - 2], encoding === 'complex' ? last / 2 : last];
}

function requireEpsilon(epsilon: number): void {
  if (epsilon > 0 && epsilon < Number.POSITIVE_INFINITY) return;
  throw new ValueError({
    subject: 'eulerInteraction',
    expected: 'epsilon to be a finite number above 0',
    received: String(epsilon),
    fix: 'pass epsilon: 1e-8, the default',
  });
}
