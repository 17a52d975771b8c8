/**
 * @file The record that defines a layer. Everything else about it (tfjs wrapper, gradient, cost, documentation table,
 * conformance test) derives from this record, so nothing about a layer is said twice.
 */
import type { DType, Node, Shape } from '@polyneuron/graph';
import type { InitializerConfig } from './initializers/initializer.js';

/** Which group of options a parameter obeys: kernelInitializer, biasRegularizer, ... */
export type ParameterRole = 'kernel' | 'bias' | 'other';

export type ParameterGroup = 'higherOrder';

/**
 * What of an input one application of the layer sees; the axes before are all batch.
 *
 * 'features' the last axis: [B, ..., n]. 'fields' the last two, fields of embeddings: [B, ..., F, D]. 'image' the last
 * three: [B, h, w, c]. 'sample' everything but the batch.
 */
export type InputKind = 'features' | 'fields' | 'image' | 'sample';

export interface ParameterSpec {
  /** camelCase, unique in the layer, stable: saved files use it. */
  readonly name: string;
  readonly shape: Shape;
  readonly role: ParameterRole;
  /** The law when the user asks for none. */
  readonly initializer: InitializerConfig;
  /** Axes that count as inputs and outputs of one neuron; an axis in neither list is a batch of independent slices. */
  readonly fanAxes?: { readonly in: readonly number[]; readonly out: readonly number[] };
  /** default true */
  readonly isTrainable?: boolean;
  /** default 'float32' */
  readonly dtype?: DType;
  /**
   * 'higherOrder' for a parameter that the layer's linear start does without: trainers may give these a smaller
   * learning rate and decay towards their start (ReLinear). default none
   */
  readonly group?: ParameterGroup;
}

export interface ForwardContext<C> {
  readonly config: C;
  /** Whole inputs, batch axis first. */
  readonly inputs: readonly Node[];
  readonly parameters: Readonly<Record<string, Node>>;
  readonly isTraining: boolean;
  /** int32[2] key (seed, counter) of this layer and this step; only layers with `usesRandom` get one. */
  readonly randomKey?: Node;
}

export interface ForwardResult {
  readonly output: Node;
  /** New values of non-trainable parameters, such as a call counter. */
  readonly updates?: Readonly<Record<string, Node>>;
}

/** One case that the conformance suite runs; shapes leave the batch axis out. */
export interface LayerSample<C> {
  readonly config: Partial<C>;
  readonly inputShapes: readonly Shape[];
}

/** A sample of a size that fills register tiles with remainders and is worth sharing among threads. */
export interface LargeLayerSample<C> extends LayerSample<C> {
  readonly batch: number;
}

/** Method syntax on purpose: a `LayerSpec<QuadDenseConfig>` may stand where a `LayerSpec` is asked for. */
export interface LayerSpec<C extends object = object> {
  /** camelCase: 'quadDense'. The tfjs class is the same in PascalCase. */
  readonly name: string;
  readonly title: string;
  /** Plain-text formula, one line per equation. */
  readonly formula: string;
  readonly source: string;
  /** Every option that is not `required`, with its default; the only place where a default stands. */
  readonly defaults: Readonly<Partial<C>>;
  /** Options without a default, by name, with what they mean. */
  readonly required?: Readonly<Partial<Record<keyof C, string>>>;
  /** Small cases, one or more for every option that changes the formula. */
  readonly samples: readonly LayerSample<C>[];
  /** 60,000 multiply-adds or 8,192 outputs and more, extents that are no multiple of 4 or 8 among them. */
  readonly largeSample: LargeLayerSample<C>;
  readonly inputKind: InputKind;
  /**
   * Options that choose a start. `calibrated`: unit variance in, unit variance out, for independent inputs.
   * `identity`: the output is the input, or a layer's linear part of it.
   */
  readonly starts?: { readonly calibrated?: Partial<C>; readonly identity?: Partial<C> };
  /** Smooth in inputs and parameters (given a smooth activation). */
  readonly isSmooth: boolean;
  readonly usesRandom?: boolean;
  /** Exact polynomial degree of the output in the inputs, before the activation; undefined when it is none. */
  degree(config: C): number | undefined;
  /** Throws ShapeError on inputs that the layer does not take. Shapes leave the batch axis out. */
  outputShape(config: C, inputShapes: readonly Shape[]): Shape;
  parameters(config: C, inputShapes: readonly Shape[]): readonly ParameterSpec[];
  /** Number of values in all parameters in closed form, told apart from `parameters` so that each checks the other. */
  parameterCount(config: C, inputShapes: readonly Shape[]): number;
  /** The same as text: '3 n units + 3 units'. */
  readonly parameterFormula: string;
  forward(context: ForwardContext<C>): ForwardResult;
}
