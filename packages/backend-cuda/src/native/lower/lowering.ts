import { type DType, isSameShape, type Node, type NodeOf, type OpName, type Shape } from '@polyneuron/graph';
import type { GraphBuilder, Reference } from '../graph/graphBuilder.js';
import type { Attributes } from '../graph/graphMessages.js';

/**
 * What a graph holds of a node: the tensor, and the shape it has there. Where an extent is 1 and the node's is not, the
 * value is the same along that axis, and TensorFlow's elementwise ops stretch it themselves.
 */
export interface Value {
  readonly at: Reference;
  readonly shape: Shape;
}

/** What a lowering may use of the graph and of the node's operands. */
export interface LoweringContext {
  readonly graph: GraphBuilder;
  /** An operand as it is held. */
  held(operand: number): Value;
  /** An operand with all its elements. */
  whole(operand: number): Reference;
  /** The same of any node that is lowered already. */
  wholeOf(node: Node): Reference;
}

/** Adds the nodes that compute one node. */
export type Lowering<K extends OpName> = (node: NodeOf<K>, context: LoweringContext) => Value;

/** Ops that the builder of a step binds itself. */
export type LeafOp = 'input' | 'state' | 'constant';

/** A result with all elements of its node. */
export function wholeValue({ shape }: { readonly shape: Shape }, at: Reference): Value {
  return { at, shape };
}

/** `op` of the operands with all their elements, with `T` as their common element type. */
export function addTyped(
  { graph }: LoweringContext,
  op: string,
  inputs: readonly Reference[],
  dtype: DType,
  attributes: Attributes = {},
): Reference {
  return graph.add(op, inputs, { T: { type: dtype }, ...attributes });
}

export function reshaped(
  context: LoweringContext,
  x: Reference,
  dtype: DType,
  from: Shape,
  to: Shape,
): Reference {
  if (isSameShape(from, to)) return x;
  return addTyped(context, 'Reshape', [x, context.graph.ints(to)], dtype, { Tshape: { type: 'int32' } });
}

export function permuted(
  context: LoweringContext,
  x: Reference,
  dtype: DType,
  permutation: readonly number[],
): Reference {
  if (permutation.every((axis, at) => axis === at)) return x;
  return addTyped(context, 'Transpose', [x, context.graph.ints(permutation)], dtype, {
    Tperm: { type: 'int32' },
  });
}

/** Exchanges the first two of three axes. */
export function firstTwoSwapped(
  context: LoweringContext,
  x: Reference,
  dtype: DType,
  [first, second, inner]: readonly [number, number, number],
): Reference {
  return first === 1 || second === 1
    ? reshaped(context, x, dtype, [first, second, inner], [second, first, inner])
    : permuted(context, x, dtype, [1, 0, 2]);
}
