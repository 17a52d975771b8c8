/**
 * @file Reverse rules: the cotangent of each operand, given the node and the cotangent `dy` of its result.
 * `null` means that the operand gets nothing (integers, conditions, piecewise constant ops).
 */

import { einsum } from '../build/contract.js';
import { broadcastTo, reshape } from '../build/create.js';
import {
  add,
  cast,
  cos,
  div,
  equal,
  exp,
  less,
  lessEqual,
  log,
  mul,
  neg,
  not,
  pow,
  select,
  sign,
  sin,
  square,
  sub,
} from '../build/elementwise.js';
import { fold, gather, patches, scatterAdd } from '../build/indexing.js';
import { pad, reverse, slice, sliceAxis, transpose } from '../build/move.js';
import { cumsum, sum } from '../build/reduce.js';
import { parseEinsum } from '../einsumSpec.js';
import type { Node, NodeOf, OpName, Shape } from '../types.js';

type Cotangents = readonly (Node | null)[];

/** Gets the node itself as `y`, so that rules may reuse the result. */
export type GradientRule<K extends OpName> = (y: NodeOf<K> & Node, dy: Node) => Cotangents;

const none = (y: Node): Cotangents => y.inputs.map(() => null);

/** Puts reduced axes back as 1 and stretches to the operand's shape. */
function unreduce(reduced: Node, shape: Shape, axes: readonly number[]): Node {
  return broadcastTo(
    reshape(
      reduced,
      shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent)),
    ),
    shape,
  );
}

/** a where the condition holds, else 0. */
const mask = (condition: Node, a: Node): Node => select(condition, a, 0);

/** d einsum / d operand: contract dy with the other operand, onto this operand's labels. */
function einsumCotangent(
  dyLabels: readonly string[],
  otherLabels: readonly string[],
  labels: readonly string[],
  dy: Node,
  other: Node,
): Node {
  return einsum(`${dyLabels.join('')},${otherLabels.join('')}->${labels.join('')}`, dy, other);
}

export const gradientRules: { readonly [K in OpName]: GradientRule<K> } = {
  input: none,
  state: none,
  constant: none,
  iota: none,
  neg: (_, dy) => [neg(dy)],
  // d|x| = sign(x), 0 at 0
  abs: (y, dy) => [mul(dy, sign(y.inputs[0]))],
  sign: none,
  floor: none,
  exp: (y, dy) => [mul(dy, y)],
  // (e^x - 1)' = e^x
  expm1: (y, dy) => [mul(dy, exp(y.inputs[0]))],
  log: (y, dy) => [div(dy, y.inputs[0])],
  // log(1+x)' = 1/(1+x)
  log1p: (y, dy) => [div(dy, add(y.inputs[0], 1))],
  // √x' = 1/(2√x)
  sqrt: (y, dy) => [div(mul(dy, 0.5), y)],
  sin: (y, dy) => [mul(dy, cos(y.inputs[0]))],
  cos: (y, dy) => [neg(mul(dy, sin(y.inputs[0])))],
  // tanh' = 1 - tanh²
  tanh: (y, dy) => [mul(dy, sub(1, square(y)))],
  // σ' = σ(1-σ)
  sigmoid: (y, dy) => [mul(dy, mul(y, sub(1, y)))],
  // erf' = 2/√π e^(-x²)
  erf: (y, dy) => [mul(dy, mul(exp(neg(square(y.inputs[0]))), 2 / Math.sqrt(Math.PI)))],
  not: none,
  cast: (y, dy) => [y.dtype === 'float32' && y.inputs[0].dtype === 'float32' ? dy : null],
  stopGradient: none,
  add: (_, dy) => [dy, dy],
  sub: (_, dy) => [dy, neg(dy)],
  // (ab)' = a'b + ab'
  mul: ({ inputs: [a, b] }, dy) => [mul(dy, b), mul(dy, a)],
  // (a/b)' = a'/b - (a/b)b'/b
  div: (y, dy) => {
    const [, b] = y.inputs;
    return [div(dy, b), neg(div(mul(dy, y), b))];
  },
  // (a^b)' = b a^(b-1) a' + a^b ln(a) b', with ln(a) read as 0 where a <= 0: finite at a = 0, and right for whole constant b
  pow: (y, dy) => {
    const [a, b] = y.inputs;
    // b = 0 contributes 0, never 0·∞
    const slope = select(equal(b, 0), 0, mul(b, pow(a, sub(select(equal(b, 0), 1, b), 1))));
    const isPositive = less(0, a);
    return [mul(dy, slope), mul(dy, mul(y, mask(isPositive, log(select(isPositive, a, 1)))))];
  },
  // The tie goes to the first operand, as in tfjs
  max: ({ inputs: [a, b] }, dy) => [mask(lessEqual(b, a), dy), mask(less(a, b), dy)],
  min: ({ inputs: [a, b] }, dy) => [mask(lessEqual(a, b), dy), mask(less(b, a), dy)],
  equal: none,
  less: none,
  lessEqual: none,
  and: none,
  or: none,
  select: ({ inputs: [condition] }, dy) => [null, mask(condition, dy), mask(not(condition), dy)],
  sum: ({ inputs: [x], attributes: { axes } }, dy) => [unreduce(dy, x.shape, axes)],
  // Ties share equally: the mean of the one-sided derivatives
  reduceMax: (y, dy) => {
    const [x] = y.inputs;
    const { axes } = y.attributes;
    const isMax = cast(equal(x, unreduce(y, x.shape, axes)), 'float32');
    return [mul(isMax, unreduce(div(dy, sum(isMax, axes)), x.shape, axes))];
  },
  argMax: none,
  broadcast: ({ inputs: [x], shape }, dy) => {
    const stretched = x.shape.flatMap((extent, axis) => (extent !== shape[axis] ? [axis] : []));
    return [sum(dy, stretched, { keepDims: true })];
  },
  reshape: ({ inputs: [x] }, dy) => [reshape(dy, x.shape)],
  transpose: ({ attributes: { permutation } }, dy) => [
    transpose(
      dy,
      permutation.map((_, axis) => permutation.indexOf(axis)),
    ),
  ],
  slice: ({ inputs: [x], attributes: { begin, size } }, dy) => [
    pad(
      dy,
      begin,
      x.shape.map((extent, axis) => extent - begin[axis] - size[axis]),
    ),
  ],
  pad: ({ inputs: [x], attributes: { before } }, dy) => [slice(dy, before, x.shape)],
  concat: ({ inputs, attributes: { axis } }, dy) => {
    let from = 0;
    return inputs.map((part) => {
      from += part.shape[axis];
      return sliceAxis(dy, axis, from - part.shape[axis], part.shape[axis]);
    });
  },
  reverse: ({ attributes: { axes } }, dy) => [reverse(dy, axes)],
  einsum: ({ inputs: [a, b], attributes: { spec } }, dy) => {
    const { left, right, output } = parseEinsum(spec);
    return [einsumCotangent(output, right, left, dy, b), einsumCotangent(output, left, right, dy, a)];
  },
  // y_i = Σ_{j<=i} x_j, so dx_j = Σ_{i>=j} dy_i
  cumsum: ({ attributes: { axis, exclusive, reverse: isReverse } }, dy) => [
    cumsum(dy, axis, { exclusive, reverse: !isReverse }),
  ],
  gather: ({ inputs: [table, indices], attributes: { axis } }, dy) => [
    scatterAdd(dy, indices, table.shape[axis], axis),
    null,
  ],
  scatterAdd: ({ inputs: [, indices], attributes: { axis } }, dy) => [gather(dy, indices, axis), null],
  patches: ({ inputs: [x], attributes }, dy) => [
    fold(dy, [x.shape[1], x.shape[2]], attributes.window, attributes),
  ],
  fold: ({ attributes }, dy) => [patches(dy, attributes.window, attributes)],
  random: none,
};
