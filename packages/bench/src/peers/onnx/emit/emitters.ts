import type { Node, OpName } from '@polyneuron/graph';
import type { GraphBuilder, Value } from '../graphBuilder.js';
import { contractEmitters } from './contract.js';
import { elementwiseEmitters } from './elementwise.js';
import type { Emitter } from './emitter.js';
import { indexingEmitters } from './indexing.js';
import { moveEmitters } from './move.js';
import { randomEmitters } from './random.js';
import { reduceEmitters } from './reduce.js';
import { windowEmitters } from './windows.js';

/** Inputs and state are bound by who exports; every other op has an equivalent. */
export type EmittedOp = Exclude<OpName, 'input' | 'state'>;

const emitters: { readonly [K in EmittedOp]: Emitter<K> } = {
  ...elementwiseEmitters,
  ...moveEmitters,
  ...reduceEmitters,
  ...contractEmitters,
  ...indexingEmitters,
  ...windowEmitters,
  ...randomEmitters,
};

/** Emits the ONNX nodes of a node. */
export function emitNode(node: Node & { readonly op: EmittedOp }, graph: GraphBuilder): Value {
  return (emitters[node.op] as (node: Node, graph: GraphBuilder) => Value)(node, graph);
}
