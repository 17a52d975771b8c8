import { type DType, type NodeOf, type OpName, sizeOf } from '@polyneuron/graph';
import type { GraphBuilder, Value } from '../graphBuilder.js';
import { castTo } from './elementwise.js';
import type { Emitter } from './emitter.js';
import { largestOfWindows, summedWindows } from './pool.js';

type ReduceOp = Extract<OpName, 'sum' | 'reduceMax' | 'argMax' | 'cumsum'>;

/** What a maximum starts from. */
const lowest: { readonly [K in DType]: number } = {
  float32: Number.NEGATIVE_INFINITY,
  int32: -(2 ** 31),
  bool: 0,
};

export const reduceEmitters: { readonly [K in ReduceOp]: Emitter<K> } = {
  sum: (node, graph) => summedWindows(node, graph) ?? reduced(node, graph, 'ReduceSum', 0),
  reduceMax: (node, graph) =>
    largestOfWindows(node, graph) ?? reduced(node, graph, 'ReduceMax', lowest[node.dtype]),
  argMax({ inputs: [x], attributes: { axis }, shape, dtype }, graph) {
    const found = graph.emit('ArgMax', [graph.full(x)], { axis, keepdims: 0, select_last_index: 0 });
    return { name: castTo(graph, found, dtype), shape };
  },
  cumsum({ inputs: [x], attributes: { axis, exclusive, reverse }, shape }, graph) {
    const attributes = { exclusive: Number(exclusive), reverse: Number(reverse) };
    return { name: graph.emit('CumSum', [graph.full(x), graph.scalar('int64', axis)], attributes), shape };
  },
};

/** Of an empty operand it is the value that a reduction starts from: onnxruntime refuses some of these. */
function reduced(
  { inputs: [x], attributes: { axes }, shape, dtype }: NodeOf<'sum' | 'reduceMax'>,
  graph: GraphBuilder,
  type: string,
  start: number,
): Value {
  if (sizeOf(x.shape) === 0) return { name: graph.scalar(dtype, start), shape: [] };
  if (axes.length === 0) return graph.compact(x);
  return { name: graph.emit(type, [graph.full(x), graph.list(axes)], { keepdims: 0 }), shape };
}
