import type { NodeOf, OpName } from '@polyneuron/graph';
import type { GraphBuilder, Value } from '../graphBuilder.js';

/** Emits the ONNX nodes of one op; its operands were emitted before. */
export type Emitter<K extends OpName> = (node: NodeOf<K>, graph: GraphBuilder) => Value;
