/**
 * @file The parts of tfjs models and layers that the trainer reads, and that tfjs keeps out of its types. Nothing else
 * in this package reaches behind those types.
 */
import { ProgramError } from '@polyneuron/graph';
import type { Optimizer } from '@tensorflow/tfjs-core';
import type {
  constraints,
  History,
  LayersModel,
  LayerVariable,
  layers,
  regularizers,
  Sequential,
  SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { Operation } from '../errors.js';

export type TfjsModel = LayersModel | Sequential;
export type TfjsLayer = InstanceType<typeof layers.Layer>;
export type Constraint = ReturnType<typeof constraints.nonNeg>;
export type Regularizer = ReturnType<typeof regularizers.l1l2>;

/** One call of a layer. */
export interface LayerNode {
  readonly inputTensors: readonly SymbolicTensor[];
  readonly outputTensors: readonly SymbolicTensor[];
}

/** Any layer; a nested model is one too. */
export interface LayerInternals {
  readonly name: string;
  readonly trainable: boolean;
  readonly inboundNodes: readonly LayerNode[];
  readonly weights: readonly LayerVariable[];
  /** Closures that `addLoss` got: one per regularizer. */
  readonly losses: readonly unknown[];
  getClassName(): string;
}

/** A loss or metric as the user gave it to `compile`. */
export type ObjectiveIdentifier = string | ((...tensors: never[]) => unknown);

export interface ModelInternals {
  readonly name: string;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly optimizer: Optimizer | null | undefined;
  readonly loss:
    | ObjectiveIdentifier
    | readonly ObjectiveIdentifier[]
    | Readonly<Record<string, ObjectiveIdentifier>>;
  readonly metrics:
    | ObjectiveIdentifier
    | readonly ObjectiveIdentifier[]
    | Readonly<Record<string, ObjectiveIdentifier | readonly ObjectiveIdentifier[]>>
    | null
    | undefined;
  readonly metricsNames: readonly string[];
  /** The variables that `compile` found trainable, in the order of the optimizer's slots. */
  readonly collectedTrainableWeights: readonly LayerVariable[];
  isTraining: boolean;
  stopTraining_: boolean;
  history: History;
}

/** The functional model behind any model: a Sequential wraps one. */
export function internalsOf(operation: Operation, model: TfjsModel): ModelInternals {
  const functional = functionalModel(model);
  if (functional) return functional as unknown as ModelInternals;
  const isEmpty = isSequential(model);
  throw new ProgramError({
    subject: operation,
    expected: 'a tfjs model: a tf.Sequential or a tf.LayersModel',
    received: isEmpty ? `'${model.name}', which has no layers or no input shape yet` : String(model),
    fix: isEmpty ? 'add layers, the first one with an inputShape' : 'pass the model itself',
  });
}

/** The same for a model that was compiled. */
export function compiledInternalsOf(operation: Operation, model: TfjsModel): ModelInternals {
  const internals = internalsOf(operation, model);
  if (internals.optimizer) return internals;
  throw new ProgramError({
    subject: operation,
    expected: 'a compiled model',
    received: `'${model.name}', which has no optimizer and no loss`,
    fix: "call model.compile({ optimizer: 'adam', loss: 'meanSquaredError' }) first",
  });
}

/** A nested model as a layer: its graph, or undefined for an ordinary layer. */
export function graphOf(layer: LayerInternals): ModelInternals | undefined {
  return functionalModel(layer as unknown as TfjsModel) as unknown as ModelInternals | undefined;
}

function functionalModel(model: TfjsModel): object | undefined {
  // A Sequential is a container that holds nothing; it builds the model inside on first need.
  if (isSequential(model)) {
    if (!model.model && model.outputs.length > 0) model.build();
    return model.model ?? undefined;
  }
  const container = model as { readonly containerNodes?: unknown } | null | undefined;
  return container?.containerNodes ? (container as object) : undefined;
}

interface SequentialInternals {
  readonly name: string;
  readonly outputs: readonly SymbolicTensor[];
  readonly model?: object | null;
  build(): void;
}

function isSequential(model: unknown): model is SequentialInternals {
  return typeof (model as { readonly add?: unknown } | null | undefined)?.add === 'function';
}
