/**
 * @file Ops by elements. Operands may be stretched: ONNX broadcasts as numpy does.
 *
 * Accuracy of what ONNX lacks, for small x: expm1 and log1p are written with forms that keep the relative accuracy of x.
 */
import type { DType, NodeOf, ScalarOp } from '@polyneuron/graph';
import type { GraphBuilder, Value } from '../graphBuilder.js';
import type { Emitter } from './emitter.js';

type ElementwiseOp = ScalarOp | 'cast';

/** An op that is one ONNX node on the same operands. */
function named<K extends ElementwiseOp>(type: string): Emitter<K> {
  return composed((graph, operands) => graph.emit(type, operands));
}

function composed<K extends ElementwiseOp>(
  apply: (graph: GraphBuilder, operands: readonly string[], node: NodeOf<K>) => string,
): Emitter<K> {
  return (node, graph) =>
    graph.pointwise(
      node.inputs.map((input) => graph.compact(input)),
      (operands) => apply(graph, operands, node),
    );
}

/** TensorProto.DataType by dtype. */
const castTargets: { readonly [K in DType]: number } = { float32: 1, int32: 6, bool: 9 };

/** Casts to a dtype of a program. */
export function castTo(graph: GraphBuilder, name: string, dtype: DType): string {
  return graph.emit('Cast', [name], { to: castTargets[dtype] });
}

/**
 * e^x - 1 = 2 t / (1 - t) with t = tanh(x / 2), which cancels nothing where |x| < 1; elsewhere e^x - 1 as it stands.
 */
function expm1(graph: GraphBuilder, [x]: readonly string[]): string {
  const [one, two, half] = [1, 2, 0.5].map((value) => graph.scalar('float32', value));
  const t = graph.emit('Tanh', [graph.emit('Mul', [x, half])]);
  const near = graph.emit('Div', [graph.emit('Mul', [t, two]), graph.emit('Sub', [one, t])]);
  const far = graph.emit('Sub', [graph.emit('Exp', [x]), one]);
  return graph.emit('Where', [graph.emit('Less', [graph.emit('Abs', [x]), one]), near, far]);
}

/**
 * log(1 + x) = x log(u) / (u - 1) with u = fl(1 + x): the roundings of u cancel. x itself where u = 1; log(u) where x is
 * so large that u = x.
 *
 * Source   Kahan, in the HP-15C Advanced Functions Handbook, 1982
 */
function log1p(graph: GraphBuilder, [x]: readonly string[]): string {
  const one = graph.scalar('float32', 1);
  const u = graph.emit('Add', [x, one]);
  const log = graph.emit('Log', [u]);
  const corrected = graph.emit('Mul', [log, graph.emit('Div', [x, graph.emit('Sub', [u, one])])]);
  const isLarge = graph.emit('Equal', [u, x]);
  const isTiny = graph.emit('Equal', [u, one]);
  return graph.emit('Where', [isTiny, x, graph.emit('Where', [isLarge, log, corrected])]);
}

/** Where has no bool form in onnxruntime: (c ∧ a) ∨ (¬c ∧ b). */
function selectBool(graph: GraphBuilder, [condition, a, b]: readonly string[]): string {
  const other = graph.emit('And', [graph.emit('Not', [condition]), b]);
  return graph.emit('Or', [graph.emit('And', [condition, a]), other]);
}

const selections: { readonly [K in DType]: (graph: GraphBuilder, operands: readonly string[]) => string } = {
  float32: (graph, operands) => graph.emit('Where', operands),
  int32: (graph, operands) => graph.emit('Where', operands),
  bool: selectBool,
};

export const elementwiseEmitters: { readonly [K in ElementwiseOp]: Emitter<K> } = {
  neg: named('Neg'),
  abs: named('Abs'),
  sign: named('Sign'),
  floor: named('Floor'),
  exp: named('Exp'),
  expm1: composed(expm1),
  log: named('Log'),
  log1p: composed(log1p),
  sqrt: named('Sqrt'),
  sin: named('Sin'),
  cos: named('Cos'),
  tanh: named('Tanh'),
  sigmoid: named('Sigmoid'),
  erf: named('Erf'),
  not: named('Not'),
  cast: composed((graph, [x], { dtype }) => castTo(graph, x, dtype)),
  stopGradient: ({ inputs: [x] }, graph): Value => graph.compact(x),
  add: named('Add'),
  sub: named('Sub'),
  mul: named('Mul'),
  div: named('Div'),
  pow: named('Pow'),
  max: named('Max'),
  min: named('Min'),
  equal: named('Equal'),
  less: named('Less'),
  lessEqual: named('LessOrEqual'),
  and: named('And'),
  or: named('Or'),
  select: composed((graph, operands, { dtype }) => selections[dtype](graph, operands)),
};
