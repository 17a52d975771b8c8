import type { DType, Node, NodeOf, OpName } from '@polyneuron/graph';
import { addTyped, type Lowering, type LoweringContext, type Value } from './lowering.js';

/** Operands as they are held, and the shape that TensorFlow stretches them to. */
function stretched(node: NodeOf<OpName>, context: LoweringContext): { at: string[]; shape: number[] } {
  const operands = node.inputs.map((_, operand) => context.held(operand));
  const shape = node.shape.map((extent, axis) =>
    operands.every((value) => value.shape[axis] === 1) ? 1 : extent,
  );
  return { at: operands.map(({ at }) => at), shape };
}

const named =
  <K extends OpName>(op: string): Lowering<K> =>
  (node, context) => {
    const { at, shape } = stretched(node, context);
    return { at: addTyped(context, op, at, node.inputs[0].dtype), shape };
  };

/** Ops of truths have no attribute `T`. */
const logical =
  <K extends OpName>(op: string): Lowering<K> =>
  (node, context) => {
    const { at, shape } = stretched(node, context);
    return { at: context.graph.add(op, at), shape };
  };

export const neg = named<'neg'>('Neg');
export const abs = named<'abs'>('Abs');
export const sign = named<'sign'>('Sign');
export const floor = named<'floor'>('Floor');
export const exp = named<'exp'>('Exp');
export const expm1 = named<'expm1'>('Expm1');
export const log = named<'log'>('Log');
export const log1p = named<'log1p'>('Log1p');
export const sqrt = named<'sqrt'>('Sqrt');
export const sin = named<'sin'>('Sin');
export const cos = named<'cos'>('Cos');
export const tanh = named<'tanh'>('Tanh');
export const sigmoid = named<'sigmoid'>('Sigmoid');
export const erf = named<'erf'>('Erf');
export const not = logical<'not'>('LogicalNot');
export const add = named<'add'>('AddV2');
export const sub = named<'sub'>('Sub');
export const mul = named<'mul'>('Mul');
export const pow = named<'pow'>('Pow');
export const max = named<'max'>('Maximum');
export const min = named<'min'>('Minimum');
export const equal = named<'equal'>('Equal');
export const less = named<'less'>('Less');
export const lessEqual = named<'lessEqual'>('LessEqual');
export const and = logical<'and'>('LogicalAnd');
export const or = logical<'or'>('LogicalOr');

export const div: Lowering<'div'> = (node, context) =>
  named<'div'>(node.dtype === 'int32' ? 'TruncateDiv' : 'RealDiv')(node, context);

export const select: Lowering<'select'> = (node, context) => {
  const { at, shape } = stretched(node, context);
  return { at: addTyped(context, 'SelectV2', at, node.dtype), shape };
};

/** Truth is a comparison with 0: `Cast` to bool makes it so for numbers too, but promises nothing about NaN. */
export const cast: Lowering<'cast'> = (node, context) => {
  const { at, shape } = context.held(0);
  const from: DType = node.inputs[0].dtype;
  if (from === node.dtype) return { at, shape };
  if (node.dtype === 'bool') {
    const zero = context.graph.constant([0], [], from);
    return { at: addTyped(context, 'NotEqual', [at, zero], from), shape };
  }
  const types = { SrcT: { type: from }, DstT: { type: node.dtype } };
  return { at: context.graph.add('Cast', [at], types), shape };
};

/** The gradient is taken before anything is lowered. */
export const stopGradient: Lowering<'stopGradient'> = (_: Node, context): Value => context.held(0);
