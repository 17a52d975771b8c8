import { normalizeAxes, normalizeAxis } from '../shapes.js';
import type { Node } from '../types.js';
import { createNode, reshape } from './create.js';

/** Permutes axes; reverses them when no permutation is given. */
export function transpose(x: Node, permutation?: readonly number[]): Node {
  const order = permutation ?? x.shape.map((_, axis) => x.shape.length - 1 - axis);
  if (order.length === x.shape.length && order.every((axis, at) => axis === at)) return x;
  return createNode('transpose', [x], { permutation: order });
}

/** The block of extents `size` that starts at `begin`; a size of -1 runs to the end. */
export function slice(x: Node, begin: readonly number[], size: readonly number[]): Node {
  const resolved = size.map((extent, axis) => (extent === -1 ? x.shape[axis] - begin[axis] : extent));
  return createNode('slice', [x], { begin, size: resolved });
}

/** The part `[from, from + extent)` of one axis. */
export function sliceAxis(x: Node, axis: number, from: number, extent: number): Node {
  const at = normalizeAxis('sliceAxis', axis, x.shape.length);
  return slice(
    x,
    x.shape.map((_, i) => (i === at ? from : 0)),
    x.shape.map((whole, i) => (i === at ? extent : whole)),
  );
}

/** Adds `before` and `after` elements of `value` along each axis. */
export function pad(x: Node, before: readonly number[], after: readonly number[], value = 0): Node {
  return createNode('pad', [x], { before, after, value });
}

export function concat(parts: readonly Node[], axis = -1): Node {
  return createNode('concat', parts, { axis: normalizeAxis('concat', axis, parts[0]?.shape.length ?? 0) });
}

/** Joins along a new axis. */
export function stack(parts: readonly Node[], axis = 0): Node {
  return concat(
    parts.map((part) => expandDims(part, axis)),
    axis,
  );
}

export function reverse(x: Node, axes: number | readonly number[]): Node {
  return createNode('reverse', [x], { axes: normalizeAxes('reverse', axes, x.shape.length) });
}

/** Inserts an axis of extent 1. */
export function expandDims(x: Node, axis: number): Node {
  const at = normalizeAxis('expandDims', axis, x.shape.length + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/** Removes axes of extent 1. */
export function squeeze(x: Node, axes: number | readonly number[]): Node {
  const gone = normalizeAxes('squeeze', axes, x.shape.length);
  return reshape(
    x,
    x.shape.filter((_, axis) => !gone.includes(axis)),
  );
}

/** [B, ...] -> [B, product of the rest] */
export function flatten(x: Node): Node {
  return reshape(x, [x.shape[0], x.shape.slice(1).reduce((size, extent) => size * extent, 1)]);
}
