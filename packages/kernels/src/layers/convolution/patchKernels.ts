/** @file The kernel functions of a kervolution: what takes the place of the dot product of a window and a filter. */
import {
  abs,
  add,
  exp,
  greater,
  mul,
  type Node,
  neg,
  reshape,
  select,
  sizeOf,
  sqrt,
  square,
  sub,
  sum,
  tanh,
} from '@polyneuron/graph';
import { correlate } from './imagePatches.js';

export type PatchKernelName = 'linear' | 'polynomial' | 'gaussian' | 'l1' | 'l2' | 'sigmoid';

export interface PatchKernelOptions {
  /** p of 'polynomial'. */
  readonly degree: number;
  /** c of 'polynomial', or γ of 'gaussian': a number, or a node of shape [1]. */
  readonly constant: Node | number;
}

type PatchKernel = (windows: Node, filters: Node, options: PatchKernelOptions) => Node;

/** All take windows x [B, OH, OW, kh, kw, C] and filters w [kh, kw, C, F], and give [B, OH, OW, F]. */
export const patchKernels: { readonly [K in PatchKernelName]: PatchKernel } = {
  linear: correlate,
  polynomial: (x, w, { degree, constant }) => wholePower(add(correlate(x, w), constant), degree),
  gaussian: (x, w, { constant }) => exp(neg(mul(squaredDistance(x, w), constant))),
  l1: (x, w) => {
    const [size, filters] = [sizeOf(w.shape.slice(0, 3)), w.shape[3]];
    const values = reshape(x, [...x.shape.slice(0, 3), size, 1]);
    return sum(abs(sub(values, reshape(w, [size, filters]))), 3);
  },
  l2: (x, w) => {
    const squares = squaredDistance(x, w);
    const isApart = greater(squares, 0);
    // √ has an infinite slope at 0: where a window equals a filter the derivative is 0 instead
    return select(isApart, sqrt(select(isApart, squares, 1)), 0);
  },
  sigmoid: (x, w) => tanh(correlate(x, w)),
};

/** ‖x - w‖² = ‖x‖² - 2 x·w + ‖w‖²: one contraction, where the differences themselves are kh·kw·C times the output. */
function squaredDistance(windows: Node, filters: Node): Node {
  const norms = sum(square(windows), [3, 4, 5]);
  const dots = correlate(windows, filters);
  return add(sub(reshape(norms, [...norms.shape, 1]), mul(dots, 2)), sum(square(filters), [0, 1, 2]));
}

/** x^degree by repeated squaring: the power of logarithms has no derivative at 0. */
function wholePower(x: Node, degree: number): Node {
  if (degree === 1) return x;
  const half = wholePower(x, Math.floor(degree / 2));
  return degree % 2 === 0 ? square(half) : mul(square(half), x);
}
