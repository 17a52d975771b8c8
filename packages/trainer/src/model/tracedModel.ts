import type { Node, TensorSpec } from '@polyneuron/graph';
import type { LayerVariable } from '@tensorflow/tfjs-layers';

/** A variable of the model, kept as state. */
export interface TracedWeight {
  /** Name of the state entry. */
  readonly state: string;
  readonly spec: TensorSpec;
  readonly variable: LayerVariable;
  /** The leaf that stands for its value before the call. */
  readonly node: Node;
  /** Brings a new value back to where the variable may be. */
  readonly project?: (w: Node) => Node;
}

/** One call of a layer while tracing; layers of nested models too. */
export interface TracedCall {
  readonly layer: string;
  readonly className: string;
  readonly inputs: readonly Node[];
  readonly output: Node;
}

export interface TracedModel {
  /** One node per input of the model: program inputs `x0`, `x1`, ... unless others were given. */
  readonly inputs: readonly Node[];
  /** One node per output of the model. */
  readonly outputs: readonly Node[];
  /** Every variable of every layer once, in the order of first use. */
  readonly weights: readonly TracedWeight[];
  /** Sum of the penalties of all regularizers; undefined where there are none. */
  readonly penalty: Node | undefined;
  /** New values of weights that the forward pass itself changes, and of random keys, by state name. */
  readonly updates: Readonly<Record<string, Node>>;
  /** Calls of layers, each after those that it takes its inputs from. */
  readonly calls: readonly TracedCall[];
  /** State entries int32[2] (seed, counter), one per call of a layer that draws. */
  readonly randomKeys: readonly string[];
}

export interface TraceOptions {
  readonly batch: number;
  /** default false */
  readonly isTraining?: boolean;
  /** What to trace from in place of program inputs: one node [batch, ...] per input of the model. */
  readonly inputs?: readonly Node[];
  /** Shapes of the inputs, batch first, for extents that the model leaves free. */
  readonly inputShapes?: readonly (readonly number[])[];
  /** Samples that count, where the batch is padded: padding must not enter activity penalties. */
  readonly counted?: CountedSamples;
}

/** mask bool[batch], count float32[] */
export interface CountedSamples {
  readonly mask: Node;
  readonly count: Node;
}
