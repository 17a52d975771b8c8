import {
  add,
  constant,
  div,
  exp,
  matMul,
  mean,
  mul,
  type Node,
  neg,
  reshape,
  sqrt,
  square,
  sub,
  ValueError,
} from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole, singleInput } from '../checks.js';
import { requireRange, requireScale } from './gridChecks.js';
import { activationMeanSquare, normalMeanSquare, normalPoints } from './normalMeanSquare.js';

export interface RbfKanConfig {
  /** Outputs per position. */
  readonly units: number;
  /** K: bells per feature, evenly over gridRange. */
  readonly centers: number;
  /** Where the first and the last bell stand. */
  readonly gridRange: readonly [number, number];
  /** Normalise each sample's features before the bells, with a trained scale and offset per feature. */
  readonly useLayerNorm: boolean;
  /** The path baseActivation(x) W beside the bells, of the input as it comes. */
  readonly useBase: boolean;
  /** Of the dense part beside the radial functions. */
  readonly baseActivation: ActivationName;
  readonly useBias: boolean;
  /** Standard deviation that the base path gives to the outputs at the start, for unit-variance inputs. */
  readonly scaleBase: number;
  /** The same for the bells; 0 starts without them. */
  readonly scaleRadial: number;
  /** Law of baseKernel and radialKernel in place of the two scales. */
  readonly kernelInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/** That of torch's LayerNorm. */
const epsilon = 1e-5;

/**
 * Kolmogorov-Arnold layer whose functions are sums of Gaussian bells.
 *
 * y_o = Σ_i baseActivation(x_i) W_io + Σ_ij c_ijo exp(-((z_i - g_j) / h)²) + b_o
 * z = γ ⊙ (x - mean(x)) / √(var(x) + 1e-5) + β over the features of a sample, or x without useLayerNorm
 * g_1 .. g_K even over gridRange, h their spacing
 *
 * Shapes   x [B, ..., n]; normScale γ, normOffset β [n]; baseKernel [n, units]; radialKernel [n, K, units]; bias [units]
 *          → y [B, ..., units]
 * Degree   none
 * Cost     2·B·n·(K + 1)·units flops and B·n·K exponentials
 * Start    baseKernel uniform with variance scaleBase² / (n E[b(z)²]), radialKernel with
 *          scaleRadial² / (n E[Σ_j exp(-2((z - g_j)/h)²)]), z ~ N(0, 1): unit-variance inputs give outputs of variance
 *          scaleBase² + scaleRadial², for any n. { scaleRadial: 0, baseActivation: 'linear' } is `dense`.
 * Numerics smooth; far from the grid the bells and their derivatives underflow to 0, never to NaN
 * Pitfalls without the normalisation, inputs beyond the grid reach no bell; with it the layer forgets the mean and the
 *          size of a sample on that path, and one feature would always become 0
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units below 1, centers below 2, an empty
 *          range, a negative scale, or layer normalisation of one feature
 * Source   Li 2024, Kolmogorov-Arnold Networks are Radial Basis Function Networks, arXiv 2405.06721 (FastKAN), whose
 *          kernel is drawn with deviation 0.1 for any n
 */
export const rbfKanSpec: LayerSpec<RbfKanConfig> = {
  name: 'rbfKan',
  title: 'Radial basis KAN',
  formula:
    'y_o = sum_i base(x_i) W_io + sum_ij c_ijo exp(-((z_i - g_j) / h)^2) + b_o\nz = layerNorm(x), or x',
  source:
    'Li 2024, Kolmogorov-Arnold Networks are Radial Basis Function Networks, arXiv 2405.06721 (ZiyaoLi/fast-kan)',
  defaults: {
    centers: 8,
    gridRange: [-2, 2],
    useLayerNorm: true,
    useBase: true,
    baseActivation: 'swish',
    useBias: true,
    scaleBase: 1,
    scaleRadial: 0.1,
    kernelInitializer: null,
    biasInitializer: initializers.zeros,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2, centers: 4 }, inputShapes: [[3]] },
    { config: { units: 2, useLayerNorm: false, gridRange: [-1, 2] }, inputShapes: [[1]] },
    { config: { units: 1, centers: 2, useBase: false, useBias: false }, inputShapes: [[3, 4]] },
    { config: { units: 2, centers: 3, baseActivation: 'tanh' }, inputShapes: [[2, 1, 3]] },
  ],
  largeSample: { config: { units: 17 }, batch: 65, inputShapes: [[7]] },
  inputKind: 'features',
  starts: { calibrated: {}, identity: { scaleRadial: 0, baseActivation: 'linear' } },
  parameterFormula:
    '2 n of the normalisation, n units of the base, n centers units of the bells, units of the bias',
  parameterCount: ({ units, centers, useLayerNorm, useBase, useBias }, [shape]) =>
    featuresOf(shape) * ((useLayerNorm ? 2 : 0) + units * (centers + (useBase ? 1 : 0))) +
    (useBias ? units : 0),
  isSmooth: true,
  degree: () => undefined,
  outputShape(config, inputShapes) {
    requireWhole('rbfKan', 'units', config.units, 1);
    requireWhole('rbfKan', 'centers', config.centers, 2);
    requireRange('rbfKan', config.gridRange);
    requireScale('rbfKan', 'scaleBase', config.scaleBase);
    requireScale('rbfKan', 'scaleRadial', config.scaleRadial);
    const shape = singleInput('rbfKan', inputShapes);
    if (config.useLayerNorm) requireSeveralFeatures(featuresOf(shape));
    return [...shape.slice(0, -1), config.units];
  },
  parameters: (config, [shape]) => parametersOf(config, featuresOf(shape)),
  forward({ config, inputs: [x], parameters: p }) {
    const { useLayerNorm, useBase, useBias, baseActivation } = config;
    const radial = radialPath(useLayerNorm ? layerNorm(x, p) : x, config, p);
    const y = useBase ? add(matMul(activation(baseActivation).apply(x), p.baseKernel), radial) : radial;
    return { output: useBias ? add(y, p.bias) : y };
  },
};

function parametersOf(config: RbfKanConfig, n: number): ParameterSpec[] {
  const { units, centers, useLayerNorm, useBase, useBias } = config;
  const laws = startLaws(config);
  const norm = (name: string, initializer: InitializerConfig): ParameterSpec => ({
    name,
    shape: [n],
    role: 'other',
    initializer,
  });
  const base: ParameterSpec = {
    name: 'baseKernel',
    shape: [n, units],
    role: 'kernel',
    initializer: laws.base,
    fanAxes: { in: [0], out: [1] },
  };
  const radial: ParameterSpec = {
    name: 'radialKernel',
    shape: [n, centers, units],
    role: 'kernel',
    initializer: laws.radial,
    fanAxes: { in: [0, 1], out: [2] },
    group: 'higherOrder',
  };
  const bias: ParameterSpec = {
    name: 'bias',
    shape: [units],
    role: 'bias',
    initializer: config.biasInitializer,
  };
  return [
    ...(useLayerNorm ? [norm('normScale', initializers.ones), norm('normOffset', initializers.zeros)] : []),
    ...(useBase ? [base] : []),
    radial,
    ...(useBias ? [bias] : []),
  ];
}

function startLaws(config: RbfKanConfig): { base: InitializerConfig; radial: InitializerConfig } {
  const { kernelInitializer, centers, baseActivation, scaleBase, scaleRadial } = config;
  if (kernelInitializer !== null) return { base: kernelInitializer, radial: kernelInitializer };
  const { places, spacing } = bells(config);
  const ofBells = normalMeanSquare(
    normalPoints.map((z) => places.map((place) => Math.exp(-(((z - place) / spacing) ** 2)))),
  );
  const law = (scale: number): InitializerConfig => ({
    kind: 'varianceScaling',
    scale,
    mode: 'fanIn',
    distribution: 'uniform',
  });
  return {
    base: law(scaleBase ** 2 / activationMeanSquare(baseActivation)),
    // The fan-in of radialKernel counts every bell: n K.
    radial: law((scaleRadial ** 2 * centers) / ofBells),
  };
}

function bells({ centers, gridRange: [from, to] }: RbfKanConfig): { places: number[]; spacing: number } {
  const spacing = (to - from) / (centers - 1);
  return { places: Array.from({ length: centers }, (_, at) => from + at * spacing), spacing };
}

function layerNorm(x: Node, { normScale, normOffset }: Readonly<Record<string, Node>>): Node {
  const centered = sub(x, mean(x, -1, { keepDims: true }));
  const deviation = sqrt(add(mean(square(centered), -1, { keepDims: true }), epsilon));
  return add(mul(div(centered, deviation), normScale), normOffset);
}

/** Bells of all features side by side, in one product with their coefficients. */
function radialPath(z: Node, config: RbfKanConfig, { radialKernel }: Readonly<Record<string, Node>>): Node {
  const { units, centers } = config;
  const { places, spacing } = bells(config);
  const distance = mul(sub(reshape(z, [...z.shape, 1]), constant(places, [centers])), 1 / spacing);
  const size = featuresOf(z.shape) * centers;
  const basis = reshape(exp(neg(square(distance))), [...z.shape.slice(0, -1), size]);
  return matMul(basis, reshape(radialKernel, [size, units]));
}

function requireSeveralFeatures(features: number): void {
  if (features > 1) return;
  throw new ValueError({
    subject: 'rbfKan',
    expected:
      'useLayerNorm: false for an input of one feature, which a normalisation over features turns into 0',
    received: 'useLayerNorm: true',
    fix: 'pass useLayerNorm: false, and a gridRange that holds the inputs',
  });
}
