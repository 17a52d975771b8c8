import { constant, createNode, reshape } from '../build/create.js';
import { square } from '../build/elementwise.js';
import { transpose } from '../build/move.js';
import { isSameShape, sizeOf } from '../shapes.js';
import type { Node, NodeOf, OpName } from '../types.js';

/** A simpler node with the same value, or undefined. Operands are already simplified. */
type Identity<K extends OpName> = (node: NodeOf<K> & Node) => Node | undefined;

/** The single value of a constant, or undefined. */
function scalarOf(node: Node): number | undefined {
  return node.op === 'constant' && node.attributes.values.length === 1
    ? node.attributes.values[0]
    : undefined;
}

const isUniform = (node: Node, value: number) => Object.is(scalarOf(node), value);
const isZero = (node: Node) => scalarOf(node) === 0;
const isOne = (node: Node) => isUniform(node, 1);

/** A move of a uniform constant is that constant in the new shape. */
function ofUniform(node: Node): Node | undefined {
  const value = scalarOf(node.inputs[0]);
  return value === undefined ? undefined : constant(value, node.shape, node.dtype);
}

export const identities: { readonly [K in OpName]?: Identity<K> } = {
  // --x = x
  neg: ({ inputs: [x] }) => (x.op === 'neg' ? x.inputs[0] : undefined),
  not: ({ inputs: [x] }) => (x.op === 'not' ? x.inputs[0] : undefined),
  cast: ({ inputs: [x], dtype }) => (x.dtype === dtype ? x : ofUniformCast(x, dtype)),
  // x + 0 = x; x + (-y) = x - y
  add: ({ inputs: [a, b] }) => {
    if (isZero(b)) return a;
    if (isZero(a)) return b;
    if (b.op === 'neg') return createNode('sub', [a, b.inputs[0]], {});
    if (a.op === 'neg') return createNode('sub', [b, a.inputs[0]], {});
    return undefined;
  },
  sub: ({ inputs: [a, b] }) => {
    if (isZero(b)) return a;
    if (isZero(a)) return createNode('neg', [b], {});
    return b.op === 'neg' ? createNode('add', [a, b.inputs[0]], {}) : undefined;
  },
  // x·1 = x; x·(-1) = -x; never x·0 = 0, which would hide NaN and infinity
  mul: ({ inputs: [a, b] }) => {
    if (isOne(b)) return a;
    if (isOne(a)) return b;
    if (isUniform(b, -1)) return createNode('neg', [a], {});
    if (isUniform(a, -1)) return createNode('neg', [b], {});
    return undefined;
  },
  div: ({ inputs: [a, b] }) => (isOne(b) ? a : undefined),
  pow: ({ inputs: [a, b] }) => {
    const exponent = scalarOf(b);
    if (exponent === 0) return constant(1, a.shape);
    if (exponent === 1) return a;
    return exponent === 2 ? square(a) : undefined;
  },
  select: ({ inputs: [condition, a, b] }) => {
    const value = scalarOf(condition);
    if (a === b) return a;
    return value === undefined ? undefined : value !== 0 ? a : b;
  },
  and: ({ inputs: [a, b] }) =>
    a === b || isOne(b) ? a : isOne(a) ? b : isZero(a) ? a : isZero(b) ? b : undefined,
  or: ({ inputs: [a, b] }) =>
    a === b || isZero(b) ? a : isZero(a) ? b : isOne(a) ? a : isOne(b) ? b : undefined,
  sum: (node) => {
    const [x] = node.inputs;
    const { axes } = node.attributes;
    const count = sizeOf(axes.map((axis) => x.shape[axis]));
    if (count === 1 && axes.every((axis) => x.shape[axis] === 1)) return reshape(x, node.shape);
    return isZero(x) ? constant(0, node.shape, node.dtype) : undefined;
  },
  reduceMax: (node) =>
    node.attributes.axes.every((axis) => node.inputs[0].shape[axis] === 1)
      ? reshape(node.inputs[0], node.shape)
      : undefined,
  broadcast: (node) => {
    const [x] = node.inputs;
    if (isSameShape(x.shape, node.shape)) return x;
    return x.op === 'broadcast' ? createNode('broadcast', [x.inputs[0]], node.attributes) : ofUniform(node);
  },
  reshape: (node) => {
    const [x] = node.inputs;
    if (isSameShape(x.shape, node.shape)) return x;
    return x.op === 'reshape' ? reshape(x.inputs[0], node.shape) : ofUniform(node);
  },
  transpose: (node) => {
    const [x] = node.inputs;
    const { permutation } = node.attributes;
    if (permutation.every((axis, at) => axis === at)) return x;
    if (x.op === 'transpose')
      return transpose(
        x.inputs[0],
        permutation.map((axis) => x.attributes.permutation[axis]),
      );
    // Only axes of extent 1 change places: the elements stay in order
    const moving = permutation.filter((axis) => x.shape[axis] !== 1);
    return moving.every((axis, at) => at === 0 || axis > moving[at - 1])
      ? reshape(x, node.shape)
      : ofUniform(node);
  },
  slice: (node) => (isSameShape(node.inputs[0].shape, node.shape) ? node.inputs[0] : ofUniform(node)),
  pad: (node) => (isSameShape(node.inputs[0].shape, node.shape) ? node.inputs[0] : undefined),
  concat: (node) => {
    const parts = node.inputs.filter(({ shape }) => shape[node.attributes.axis] !== 0);
    if (parts.length === 0 || parts.length === node.inputs.length)
      return node.inputs.length === 1 ? node.inputs[0] : undefined;
    return parts.length === 1 ? parts[0] : createNode('concat', parts, node.attributes);
  },
  reverse: (node) =>
    node.attributes.axes.every((axis) => node.shape[axis] <= 1) ? node.inputs[0] : ofUniform(node),
  fold: (node) => (isZero(node.inputs[0]) ? constant(0, node.shape) : undefined),
};

function ofUniformCast(x: Node, dtype: Node['dtype']): Node | undefined {
  const value = scalarOf(x);
  if (value === undefined) return undefined;
  return constant(
    dtype === 'bool' ? Number(value !== 0) : dtype === 'int32' ? value | 0 : value,
    x.shape,
    dtype,
  );
}
