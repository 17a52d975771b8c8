import type { Node, OpName } from '@polyneuron/graph';
import { createNode, input, interpretNodes } from '@polyneuron/graph';
import { einsum } from './contract.js';
import * as elementwise from './elementwise.js';
import { gather, scatterAdd } from './indexing.js';
import type { LeafOp, Lowering, LoweringContext, Run } from './lowering.js';
import { broadcast, concat, pad, reshape, reverse, slice, transpose } from './move.js';
import { random } from './random.js';
import { argMax, cumsum, reduceMax, sum } from './reduce.js';
import { fold, patches } from './windows.js';

/** How each op runs on tfjs kernels. */
export const lowerings: { readonly [K in Exclude<OpName, LeafOp>]: Lowering<K> } = {
  ...elementwise,
  sum,
  reduceMax,
  argMax,
  broadcast,
  reshape,
  transpose,
  slice,
  pad,
  concat,
  reverse,
  einsum,
  cumsum,
  gather,
  scatterAdd,
  patches,
  fold,
  random,
};

export interface Lowered {
  readonly run: Run;
  /** The backend lacks a kernel, so the float64 interpreter runs this node on the host. */
  readonly isInterpreted: boolean;
}

export function lower(node: Node, context: LoweringContext): Lowered {
  const lowering = lowerings[node.op as Exclude<OpName, LeafOp>] as (
    node: Node,
    context: LoweringContext,
  ) => Run | undefined;
  const run = lowering(node, context);
  return run ? { run, isInterpreted: false } : { run: interpreted(node, context), isInterpreted: true };
}

/** The meaning of the op itself: reads the operands, interprets one node, uploads the result. */
function interpreted(node: Node, { readSync, upload }: LoweringContext): Run {
  const operands = node.inputs.map((operand, at) => input(`${at}`, operand));
  const alone = createNode(node.op, operands, node.attributes as never);
  return (infos) => {
    const inputs = Object.fromEntries(infos.map((info, at) => [`${at}`, readSync(info)]));
    return upload(interpretNodes([alone], { inputs })[0], node.shape, node.dtype);
  };
}
