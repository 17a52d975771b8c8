import { broadcastShapes } from '../shapes.js';
import type { DType, Node, Operand, OpName } from '../types.js';
import { broadcastTo, createNode, toNode } from './create.js';

/** Ops of one operand without attributes. */
type Unary =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'erf'
  | 'not'
  | 'stopGradient';
type Binary =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pow'
  | 'max'
  | 'min'
  | 'equal'
  | 'less'
  | 'lessEqual'
  | 'and'
  | 'or';

const unary =
  (op: Unary) =>
  (x: Node): Node =>
    createNode(op, [x], {});

const binary =
  (op: Binary) =>
  (a: Operand, b: Operand): Node => {
    const [left, right] = alignOperands(op, a, b);
    return createNode(op, [left, right], {});
  };

/** Turns numbers into constants of the other operand's dtype and stretches both to their common shape. */
function alignOperands(op: OpName, a: Operand, b: Operand): [Node, Node] {
  const dtype: DType = typeof a !== 'number' ? a.dtype : typeof b !== 'number' ? b.dtype : 'float32';
  const left = toNode(a, dtype);
  const right = toNode(b, dtype);
  const shape = broadcastShapes(op, left.shape, right.shape);
  return [broadcastTo(left, shape), broadcastTo(right, shape)];
}

export const neg = unary('neg');
export const abs = unary('abs');
/** -1, 0 or 1. */
export const sign = unary('sign');
export const floor = unary('floor');
export const exp = unary('exp');
/** e^x - 1, accurate near 0. */
export const expm1 = unary('expm1');
export const log = unary('log');
/** log(1 + x), accurate near 0. */
export const log1p = unary('log1p');
export const sqrt = unary('sqrt');
export const sin = unary('sin');
export const cos = unary('cos');
export const tanh = unary('tanh');
/** 1 / (1 + e^-x) without overflow. */
export const sigmoid = unary('sigmoid');
/** The error function 2/√π ∫₀ˣ e^(-t²) dt. */
export const erf = unary('erf');
export const not = unary('not');
/** Identity whose derivative is 0. */
export const stopGradient = unary('stopGradient');

export const add = binary('add');
export const sub = binary('sub');
export const mul = binary('mul');
export const div = binary('div');
/** a^b for a >= 0, or any a with a constant whole b. */
export const pow = binary('pow');
/** The larger operand; at a tie the derivative goes to `a`, as in tfjs. */
export const max = binary('max');
/** The smaller operand; at a tie the derivative goes to `a`, as in tfjs. */
export const min = binary('min');
export const equal = binary('equal');
export const less = binary('less');
export const lessEqual = binary('lessEqual');
export const greater = (a: Operand, b: Operand): Node => less(b, a);
export const greaterEqual = (a: Operand, b: Operand): Node => lessEqual(b, a);
export const notEqual = (a: Operand, b: Operand): Node => not(equal(a, b));
export const and = binary('and');
export const or = binary('or');

/** `a` where the condition holds, `b` elsewhere; all three broadcast. */
export function select(condition: Node, a: Operand, b: Operand): Node {
  const [left, right] = alignOperands('select', a, b);
  const shape = broadcastShapes('select', condition.shape, left.shape);
  return createNode(
    'select',
    [broadcastTo(condition, shape), broadcastTo(left, shape), broadcastTo(right, shape)],
    {},
  );
}

export function cast(x: Node, dtype: DType): Node {
  return x.dtype === dtype ? x : createNode('cast', [x], { dtype });
}

export function square(x: Node): Node {
  return mul(x, x);
}
