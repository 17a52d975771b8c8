import { type OpName, type Shape, sizeOf } from '@polyneuron/graph';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../device/device.js';
import { kernelRun, type Lowering, type LoweringContext, mostAxes, type Run } from './lowering.js';

const unary =
  <K extends OpName>(name: string): Lowering<K> =>
  (_, { kernel }) =>
    kernelRun(kernel(name));

const binary =
  <K extends OpName>(name: string): Lowering<K> =>
  (_, { kernel }) => {
    const call = kernel(name);
    return call && (([a, b]) => callOnTwo(call, a, b));
  };

/** Calls a kernel on two operands of one shape, or with the last axes of the other; many axes are joined to two. */
function callOnTwo(call: KernelCall, a: TensorInfo, b: TensorInfo): TensorInfo {
  if (Math.max(a.shape.length, b.shape.length) <= mostAxes) return call({ a, b });
  const inner = Math.min(sizeOf(a.shape), sizeOf(b.shape));
  const joined = (x: TensorInfo) => under(x, [sizeOf(x.shape) / inner, inner]);
  return under(call({ a: joined(a), b: joined(b) }), a.shape.length > b.shape.length ? a.shape : b.shape);
}

/** The same elements under another shape. */
function under({ dataId, dtype }: TensorInfo, shape: Shape): TensorInfo {
  return { dataId, dtype, shape: [...shape] };
}

/**
 * Maximum and Minimum: the wasm kernel is std::max(a, b), which drops a NaN that is in `b` alone. A constant goes
 * second, so that relu and clipping keep NaN; two computed operands keep that deviation.
 */
const extremum =
  <K extends 'max' | 'min'>(name: string): Lowering<K> =>
  ({ inputs: [first] }, { kernel }) => {
    const call = kernel(name);
    if (first.op === 'constant') return call && (([a, b]) => callOnTwo(call, b, a));
    return call && (([a, b]) => callOnTwo(call, a, b));
  };

export const neg = unary<'neg'>('Neg');
export const abs = unary<'abs'>('Abs');
/** 0 for NaN in tfjs. */
export const sign = unary<'sign'>('Sign');
export const floor = unary<'floor'>('Floor');
export const exp = unary<'exp'>('Exp');
export const expm1 = unary<'expm1'>('Expm1');
export const log = unary<'log'>('Log');
/** Plain log(1 + x) on wasm: absolute error 6e-8 near 0, no relative accuracy. */
export const log1p = unary<'log1p'>('Log1p');
export const sqrt = unary<'sqrt'>('Sqrt');
export const sin = unary<'sin'>('Sin');
export const cos = unary<'cos'>('Cos');
export const tanh = unary<'tanh'>('Tanh');
export const sigmoid = unary<'sigmoid'>('Sigmoid');
/** Abramowitz and Stegun 7.1.26 on cpu: absolute error 2e-7, no relative accuracy near 0. */
export const erf = unary<'erf'>('Erf');
export const not = unary<'not'>('LogicalNot');
export const add = binary<'add'>('Add');
export const sub = binary<'sub'>('Sub');
export const mul = binary<'mul'>('Multiply');

/** RealDiv is of real numbers, whatever some backends make of whole ones. */
export const div: Lowering<'div'> = (node, context) =>
  node.dtype === 'int32' ? wholeQuotient(context) : binary<'div'>('RealDiv')(node, context);

/** Truncated towards 0: sign(a) sign(b) ⌊|a| / |b|⌋. */
function wholeQuotient({ kernel, free }: LoweringContext): Run | undefined {
  const [abs, sign, multiply, divide] = ['Abs', 'Sign', 'Multiply', 'FloorDiv'].map(kernel);
  if (!abs || !sign || !multiply || !divide) return undefined;
  return ([a, b]) => {
    const [absA, absB, signA, signB] = [abs({ x: a }), abs({ x: b }), sign({ x: a }), sign({ x: b })];
    const [size, signs] = [callOnTwo(divide, absA, absB), callOnTwo(multiply, signA, signB)];
    const quotient = multiply({ a: size, b: signs });
    for (const info of [absA, absB, signA, signB, size, signs]) free(info);
    return quotient;
  };
}

export const pow = binary<'pow'>('Pow');
export const max = extremum<'max'>('Maximum');
export const min = extremum<'min'>('Minimum');
export const equal = binary<'equal'>('Equal');
export const less = binary<'less'>('Less');
export const lessEqual = binary<'lessEqual'>('LessEqual');
export const and = binary<'and'>('LogicalAnd');
export const or = binary<'or'>('LogicalOr');

export const select: Lowering<'select'> = (_, { kernel }) => {
  const call = kernel('Select');
  return call && (([condition, t, e]) => call({ condition, t, e }));
};

/** Stock Cast to bool keeps the low byte on wasm, so truth is tested by comparison. */
export const cast: Lowering<'cast'> = (
  { inputs: [operand], attributes: { dtype } },
  { kernel, resident },
) => {
  if (dtype !== 'bool') return kernelRun(kernel('Cast'), { dtype });
  const notEqual = kernel('NotEqual');
  const zero = resident([0], [], operand.dtype);
  return notEqual && (([x]) => notEqual({ a: x, b: zero }));
};

export const stopGradient: Lowering<'stopGradient'> = (_, { kernel }) => {
  const reshape = kernel('Reshape');
  return reshape && (([x]) => reshape({ x }, { shape: x.shape }));
};
