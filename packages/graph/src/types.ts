import type { OpAttributes } from './ops.js';

/** Element type of a node. `bool` is 0 or 1. */
export type DType = 'float32' | 'int32' | 'bool';

/** Extent of each axis; the empty shape is a scalar. Extents may be 0. */
export type Shape = readonly number[];

export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
}

export type OpName = keyof OpAttributes;

/** A node of one op: immutable, shared freely between programs. */
export interface NodeOf<K extends OpName> extends TensorSpec {
  readonly op: K;
  readonly inputs: readonly Node[];
  readonly attributes: OpAttributes[K];
}

/** Any node. Switch on `op` to narrow `attributes`. */
export type Node = { [K in OpName]: NodeOf<K> }[OpName];

/** A node, or a number that stands for a constant of the other operand's dtype. */
export type Operand = Node | number;

/**
 * Everything that runs: a layer's forward pass, its gradient, a whole training step.
 *
 * `inputs` are fed at every run; `state` stays on the device between runs; `updates` are the new values of state
 * entries, all computed from the old ones and written in place when the run ends.
 */
export interface Program {
  readonly name: string;
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  readonly state: Readonly<Record<string, TensorSpec>>;
  readonly outputs: Readonly<Record<string, Node>>;
  readonly updates: Readonly<Record<string, Node>>;
}
