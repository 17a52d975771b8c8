import type { OpAttributes } from '../ops.js';
import { inferSpec } from '../shapeRules.js';
import { broadcastShapes, isSameShape, sizeOf } from '../shapes.js';
import type { DType, Node, Operand, OpName, Shape, TensorSpec } from '../types.js';

/** Makes a node of any op; the shape rule decides its shape and dtype, or throws. */
export function createNode<K extends OpName>(
  op: K,
  inputs: readonly Node[],
  attributes: OpAttributes[K],
): Node {
  const { shape, dtype } = inferSpec(op, inputs, attributes);
  return Object.freeze({ op, inputs, shape, dtype, attributes }) as Node;
}

/** A value fed at every run. */
export function input(name: string, { shape, dtype }: TensorSpec): Node {
  return createNode('input', [], { name, shape, dtype });
}

/** A value that stays on the device between runs. */
export function state(name: string, { shape, dtype }: TensorSpec): Node {
  return createNode('state', [], { name, shape, dtype });
}

/** A literal: one number for any shape, or all values in row-major order. */
export function constant(
  values: number | ArrayLike<number>,
  shape: Shape = [],
  dtype: DType = 'float32',
): Node {
  const list = typeof values === 'number' ? [values] : Array.from(values);
  return createNode('constant', [], { values: list, shape, dtype });
}

/** Index along `axis`, int32. */
export function iota(shape: Shape, axis: number): Node {
  return createNode('iota', [], { shape, axis });
}

/** The node itself, or a scalar constant of `dtype`. */
export function toNode(operand: Operand, dtype: DType): Node {
  return typeof operand === 'number' ? constant(operand, [], dtype) : operand;
}

/** Stretches `x` to `shape` under NumPy's rule (align right, 1 stretches). */
export function broadcastTo(x: Node, shape: Shape): Node {
  if (isSameShape(x.shape, shape)) return x;
  broadcastShapes('broadcastTo', x.shape, shape);
  if (x.op === 'constant' && x.attributes.values.length === 1)
    return constant(x.attributes.values, shape, x.dtype);
  const aligned = [...new Array<number>(shape.length - x.shape.length).fill(1), ...x.shape];
  return createNode('broadcast', [reshape(x, aligned)], { shape });
}

/** Same elements in another shape; one extent may be -1. */
export function reshape(x: Node, shape: Shape): Node {
  const known = shape.reduce((size, extent) => (extent === -1 ? size : size * extent), 1);
  const resolved = shape.map((extent) => (extent === -1 ? sizeOf(x.shape) / known : extent));
  if (isSameShape(x.shape, resolved)) return x;
  return createNode('reshape', [x], { shape: resolved });
}
