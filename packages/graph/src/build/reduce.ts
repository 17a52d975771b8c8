import { normalizeAxes, normalizeAxis, sizeOf } from '../shapes.js';
import type { Node } from '../types.js';
import { createNode, reshape } from './create.js';
import { div, neg } from './elementwise.js';

export interface ReduceOptions {
  /** Leave reduced axes as 1. */
  readonly keepDims?: boolean;
}

export type Axes = number | readonly number[];

function keep(reduced: Node, x: Node, axes: readonly number[], { keepDims = false }: ReduceOptions): Node {
  return keepDims
    ? reshape(
        reduced,
        x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent)),
      )
    : reduced;
}

/** Sum over `axes` (all of them when left out). */
export function sum(x: Node, axes?: Axes, options: ReduceOptions = {}): Node {
  const resolved = normalizeAxes('sum', axes, x.shape.length);
  return resolved.length === 0 ? x : keep(createNode('sum', [x], { axes: resolved }), x, resolved, options);
}

/** Mean over `axes`; NaN over no element. */
export function mean(x: Node, axes?: Axes, options: ReduceOptions = {}): Node {
  const resolved = normalizeAxes('mean', axes, x.shape.length);
  return div(sum(x, resolved, options), sizeOf(resolved.map((axis) => x.shape[axis])));
}

/** Largest element over `axes`; -Infinity over no element. Ties share the derivative equally. */
export function reduceMax(x: Node, axes?: Axes, options: ReduceOptions = {}): Node {
  const resolved = normalizeAxes('reduceMax', axes, x.shape.length);
  return resolved.length === 0
    ? x
    : keep(createNode('reduceMax', [x], { axes: resolved }), x, resolved, options);
}

/** Smallest element over `axes`. */
export function reduceMin(x: Node, axes?: Axes, options: ReduceOptions = {}): Node {
  return neg(reduceMax(neg(x), axes, options));
}

/** First index of the largest element along `axis`, int32. */
export function argMax(x: Node, axis = -1): Node {
  return createNode('argMax', [x], { axis: normalizeAxis('argMax', axis, x.shape.length) });
}

/** Running sum along `axis`; `exclusive` leaves the element itself out, `reverse` runs from the end. */
export function cumsum(x: Node, axis = -1, { exclusive = false, reverse = false } = {}): Node {
  return createNode('cumsum', [x], {
    axis: normalizeAxis('cumsum', axis, x.shape.length),
    exclusive,
    reverse,
  });
}
