import type { Window2d } from '../ops.js';
import { normalizeAxis } from '../shapes.js';
import type { Node, Shape } from '../types.js';
import { createNode, iota, reshape } from './create.js';
import { cast, equal } from './elementwise.js';

/** Slices of `table` along `axis` at int32 `indices` of any shape. */
export function gather(table: Node, indices: Node, axis = 0): Node {
  return createNode('gather', [table, indices], { axis: normalizeAxis('gather', axis, table.shape.length) });
}

/** Adjoint of gather: adds slices of `updates` at `indices` into zeros of extent `size` along `axis`. */
export function scatterAdd(updates: Node, indices: Node, size: number, axis = 0): Node {
  return createNode('scatterAdd', [updates, indices], { axis, size });
}

export type WindowOptions = Partial<Omit<Window2d, 'window'>>;

/** Every window of an image: [B,H,W,C] -> [B,OH,OW,kh,kw,C]. */
export function patches(x: Node, window: readonly [number, number], options: WindowOptions = {}): Node {
  return createNode('patches', [x], completeWindow(window, options));
}

/** 1 at each int32 index along a new last axis of extent `depth`, 0 elsewhere: [...] -> [..., depth] float32. */
export function oneHot(indices: Node, depth: number): Node {
  const shape = [...indices.shape, depth];
  return cast(equal(iota(shape, shape.length - 1), reshape(indices, [...indices.shape, 1])), 'float32');
}

/** Adjoint of patches: adds windows back into an image of `size` (height, width). */
export function fold(
  x: Node,
  size: readonly [number, number],
  window: readonly [number, number],
  options: WindowOptions = {},
): Node {
  return createNode('fold', [x], { ...completeWindow(window, options), size });
}

function completeWindow(window: readonly [number, number], options: WindowOptions): Window2d {
  const {
    strides = [1, 1],
    dilations = [1, 1],
    padding = [
      [0, 0],
      [0, 0],
    ],
  } = options;
  return { window, strides, dilations, padding };
}

/** Uniform numbers on [0, 1) of `shape`, determined by an int32 key [seed, counter]. */
export function random(key: Node, shape: Shape): Node {
  return createNode('random', [key], { shape });
}
