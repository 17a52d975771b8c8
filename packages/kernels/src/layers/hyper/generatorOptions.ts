/** @file Options that `hyperDense` and `hyperNetwork` share: their meaning, defaults, checks, and the degree they give. */
import { type Shape, ShapeError, ValueError } from '@polyneuron/graph';
import type { ActivationName } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import { formatBatched, requireOneOf, requireWhole } from '../checks.js';
import { conditionedInputs } from './conditioning.js';
import { type HyperStart, hyperStarts } from './hyperfan.js';
import { type RankForm, type TaskNetwork, type TaskTensor, taskWeightCount } from './taskNetwork.js';

/**
 * What the weights are computed from. 'static': a learned embedding, one weight set for everything. 'conditional': a
 * second input z over the batch (or more leading axes of x), one weight set for the rows that share a z. 'perSample':
 * each row's own z, a second input with all the leading axes of x, or x itself.
 */
export type WeightSource = 'static' | 'conditional' | 'perSample';

/** 'cosSin' reads z through [cos πz/2, sin πz/2], whose norm does not depend on z; meant for z in [0, 1]. */
export type ZEncoding = 'none' | 'cosSin';

export interface GeneratorConfig {
  readonly weightSource: WeightSource;
  /** Length of the learned embedding of source 'static'. */
  readonly embeddingSize: number;
  readonly zEncoding: ZEncoding;
  readonly hiddenActivation: ActivationName;
  /** Emits the weights in chunks of this many, one shared emission on [z, chunk embedding]; null: all at once. */
  readonly chunkSize: number | null;
  /** Length of each learned chunk embedding. */
  readonly chunkEmbeddingSize: number;
  /** Generate changes to learned weights: θ = θ0 + Δ(z). */
  readonly base: boolean;
  readonly start: HyperStart;
  /** Writes each kernel as a product through `rank` features; null: whole kernels. */
  readonly rank: number | null;
  /** With a rank: generate both factors ('factors'), or only the matrix between two learned ones ('core', APG). */
  readonly rankForm: RankForm;
  /** Between layers of the generated network. */
  readonly taskActivation: ActivationName;
  /** Of the output. */
  readonly activation: ActivationName;
  /** Generate biases as well as kernels. The hypernetwork's hidden layers always have biases. */
  readonly useBias: boolean;
  /** Law of hidden kernels, of base kernels, and of learned projections. */
  readonly kernelInitializer: InitializerConfig;
  /** Law of emission kernels, in place of that of `start`; null: that of `start`. */
  readonly emissionInitializer: InitializerConfig | null;
  readonly biasInitializer: InitializerConfig;
}

/** A layer's options in the form that both layers bring them to. */
export interface Generator {
  readonly layer: string;
  readonly config: GeneratorConfig;
  /** Units of each layer of the generated network. */
  readonly taskUnits: readonly number[];
  /** Hidden layers of the hypernetwork. */
  readonly hidden: readonly { readonly name: string; readonly units: number }[];
}

export const generatorDefaults: GeneratorConfig = {
  weightSource: 'perSample',
  embeddingSize: 8,
  zEncoding: 'none',
  hiddenActivation: 'relu',
  chunkSize: null,
  chunkEmbeddingSize: 8,
  base: false,
  start: 'hyperfanIn',
  rank: null,
  rankForm: 'factors',
  taskActivation: 'relu',
  activation: 'linear',
  useBias: true,
  kernelInitializer: initializers.glorotUniform,
  emissionInitializer: null,
  biasInitializer: initializers.zeros,
};

export function generatorNetwork({ taskUnits, config }: Generator, inputs: number): TaskNetwork {
  const { useBias, rank, rankForm } = config;
  return { inputs, units: taskUnits, useBias, rank, rankForm };
}

/** The parameter that a tensor's generated change is added to: 'kernel0Base', 'bias1Base', ... */
export function baseName({ kind, layer }: TaskTensor): string {
  return `${kind}${layer}Base`;
}

/** 0 when the weights are emitted at once. */
export function chunkCount(generator: Generator, inputs: number): number {
  const { chunkSize } = generator.config;
  return chunkSize === null ? 0 : Math.ceil(taskWeightCount(generatorNetwork(generator, inputs)) / chunkSize);
}

/**
 * Checks all options and the input shapes; returns the axes of x before its features.
 *
 * Throws   ShapeError, ValueError: see `hyperDenseSpec`
 */
export function checkGenerator({ layer, config }: Generator, inputShapes: readonly Shape[]): Shape {
  const { weightSource, embeddingSize, zEncoding, chunkSize, chunkEmbeddingSize, rank, rankForm, start } =
    config;
  requireOneOf(layer, 'weightSource', weightSource, ['static', 'conditional', 'perSample']);
  requireOneOf(layer, 'zEncoding', zEncoding, ['none', 'cosSin']);
  requireOneOf(layer, 'rankForm', rankForm, ['factors', 'core']);
  requireOneOf(layer, 'start', start, Object.keys(hyperStarts));
  if (rank !== null) requireWhole(layer, 'rank', rank, 1);
  if (weightSource === 'static') requireWhole(layer, 'embeddingSize', embeddingSize, 1);
  if (chunkSize !== null) {
    requireWhole(layer, 'chunkSize', chunkSize, 1);
    requireWhole(layer, 'chunkEmbeddingSize', chunkEmbeddingSize, 1);
  }
  requireStart(layer, config);
  if (weightSource === 'static') return aloneAxes(layer, inputShapes);
  return weightSource === 'conditional'
    ? conditionedInputs(layer, inputShapes, 'leading', false)
    : conditionedInputs(layer, inputShapes, 'equal', true);
}

function aloneAxes(layer: string, inputShapes: readonly Shape[]): Shape {
  const [x] = inputShapes;
  if (inputShapes.length === 1 && x.length >= 1) return x.slice(0, -1);
  throw new ShapeError({
    subject: layer,
    expected: "one input [batch, ..., n] with weightSource 'static', which reads no z",
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix: "leave z out, or pass weightSource: 'conditional'",
  });
}

function requireStart(layer: string, { start, base, chunkSize }: GeneratorConfig): void {
  if (start === 'zeroDelta' && !base) {
    throw new ValueError({
      subject: layer,
      expected:
        "base: true with start 'zeroDelta', or every generated weight is 0 and several layers stay so",
      received: 'base: false',
      fix: "pass base: true, or start: 'hyperfanIn'",
    });
  }
  if (chunkSize !== null && (start === 'hyperfanOut' || start === 'hyperfanHarmonic')) {
    throw new ValueError({
      subject: layer,
      expected: "start 'hyperfanIn' or 'zeroDelta' with chunks, whose one emission knows no tensor's fan-out",
      received: `'${start}'`,
      fix: 'pass chunkSize: null, or another start',
    });
  }
}

/**
 * Degree in the inputs together, before the activation: every generated matrix multiplies the degree-1 weights onto
 * what came before. Undefined when something on the way is no polynomial.
 */
export function generatorDegree({ config, hidden, taskUnits }: Generator): number | undefined {
  const { weightSource, zEncoding, hiddenActivation, taskActivation, rank, rankForm } = config;
  if (taskUnits.length > 1 && taskActivation !== 'linear') return undefined;
  if (weightSource === 'static') return 1;
  if (zEncoding !== 'none' || (hidden.length > 0 && hiddenActivation !== 'linear')) return undefined;
  return 1 + taskUnits.length * (rank !== null && rankForm === 'factors' ? 2 : 1);
}
