/** @file Which layers are shown live, on which two inputs, and with which options they begin. */
import { PolyneuronError, ValueError } from '@polyneuron/graph';
import {
  families,
  type InputKind,
  type LayerName,
  type LayerSpec,
  layers,
  parameterSpecs,
} from '@polyneuron/kernels';
import type { LabConfig } from './messages.js';

export interface LabSubject {
  readonly layer: LayerName;
  readonly config: LabConfig;
  /** Two numbers in all, without the batch axis. */
  readonly inputShapes: readonly (readonly number[])[];
  /** Coefficients to begin with, by parameter; else, and with any other seed, a random step from their start. */
  readonly values?: Readonly<Record<string, readonly number[]>>;
}

/** Shapes of two numbers, the first that a layer takes. Images are larger. */
const shapesOfTwo: { readonly [K in InputKind]: readonly (readonly (readonly number[])[])[] } = {
  features: [[[2]], [[1], [1]]],
  fields: [[[2, 1]]],
  sample: [[[2]], [[1], [1]]],
  image: [],
};

interface LabStart {
  readonly config: LabConfig;
  /** Where the first shapes that it takes show less. */
  readonly inputShapes?: readonly (readonly number[])[];
  readonly values?: Readonly<Record<string, readonly number[]>>;
}

/** Options that show more than one unit of the record's first sample would. */
const starts: Readonly<Partial<Record<LayerName, LabStart>>> = {
  quadraticForm: { config: { units: 1 }, values: { kernelS: [-3, 2, -4], kernelL: [0, 0], biasL: [1] } },
  crossNetwork: { config: { mode: 'matrix', numLayers: 2 } },
  khatriRao: { config: { midActivation: 'tanh' } },
  maskBlock: { config: { units: 2, useLayerNorm: false, maskActivation: 'tanh', activation: 'tanh' } },
  eulerInteraction: { config: { units: 1, encoding: 'phase', activation: 'tanh' } },
  logTransform: { config: { units: 1, epsilon: 0.1 } },
  swigluFeedForward: { config: { units: 1, hiddenUnits: 2 } },
  taylor: {
    config: { mode: 'mixing', degree: 3, units: 1 },
    values: { kernel: [0.5, -0.8], kernelHigher: [-1, 0.4, 0.6, 1.2], bias: [0.2] },
  },
  orthogonalPolynomial: { config: { units: 1, degree: 4, normalization: 'none' } },
  polynomialNetwork: { config: { units: 1, rank: 2 } },
  sigmaPi: { config: { units: 1, order: 2, allowPowers: true } },
  // One field of two components: with two fields of one its only mixture would have a single part
  sumProduct: { config: { units: 1, factors: 1 }, inputShapes: [[1, 2]] },
  splineKan: { config: { units: 1 } },
  rbfKan: { config: { units: 1, centers: 5, useLayerNorm: false } },
  hyperDense: { config: { units: 1, hiddenUnits: 2, hiddenActivation: 'tanh' } },
  hyperNetwork: {
    config: { taskUnits: [2, 1], hiddenUnits: [2], hiddenActivation: 'tanh', taskActivation: 'tanh' },
  },
  factorizationMachine: {
    config: { factors: 2 },
    values: { linear: [0.3, -0.2], factors: [2, 1, -1.5, 0.5], bias: [0.2] },
  },
  cin: { config: { layerSizes: [1] } },
  elementarySymmetric: { config: { order: 2, output: 'sum' } },
  squeezeExcitation: { config: { hiddenActivation: 'tanh', gateActivation: 'sigmoid', start: 'random' } },
  siren: { config: { units: 1, omega: 3 } },
  groupNorm: { config: { groups: 1 } },
  dense: { config: { units: 1, activation: 'tanh' } },
  activation: { config: { activation: 'tanh' } },
};

/** Of the stock layers those that serve as references; the others move numbers about. */
const stockShown: ReadonlySet<string> = new Set([
  'dense',
  'affine',
  'activation',
  'leakyRelu',
  'softmax',
  'multiply',
]);

/** The live unit that a layer's page begins with, or undefined where two numbers are no input for the layer. */
export function labSubject(layer: LayerName): LabSubject | undefined {
  const spec: LayerSpec = layers[layer];
  if (layer in families.stock && !stockShown.has(layer)) return undefined;
  const { config, values, inputShapes: own } = starts[layer] ?? { config: firstUnit(spec) };
  const inputShapes = own ?? shapesOfTwo[spec.inputKind].find((shapes) => takes(spec, config, shapes));
  return inputShapes && { layer, config, inputShapes, ...(values && { values }) };
}

/**
 * The same with other options.
 *
 * Throws   ValueError where the layer has no live unit
 */
export function configuredSubject(layer: string, config: LabConfig): LabSubject {
  const subject = Object.hasOwn(layers, layer) ? labSubject(layer as LayerName) : undefined;
  if (subject) return { ...subject, config };
  throw new ValueError({
    subject: 'layer page',
    expected: 'a layer that takes two numbers',
    received: `'${layer}'`,
    fix: 'open the page of a layer with a live unit',
  });
}

/** The options of the record's first sample, with one unit. */
function firstUnit(spec: LayerSpec): LabConfig {
  const config = spec.samples[0].config as LabConfig;
  return 'units' in config ? { ...config, units: 1 } : config;
}

/** Whether a record takes inputs of these shapes: it throws where it does not. */
function takes(spec: LayerSpec, config: LabConfig, inputShapes: readonly (readonly number[])[]): boolean {
  try {
    parameterSpecs<object>(spec, config, inputShapes);
    return true;
  } catch (error) {
    if (error instanceof PolyneuronError) return false;
    throw error;
  }
}
