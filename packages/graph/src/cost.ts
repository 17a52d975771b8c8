import { einsumExtents, parseEinsum } from './einsumSpec.js';
import type { OpAttributes } from './ops.js';
import { nodesOf } from './program.js';
import { sizeOf } from './shapes.js';
import type { DType, Node, NodeOf, OpName, Program } from './types.js';

/** Arithmetic operations, and bytes read and written when nothing is fused. */
export interface Cost {
  readonly flops: number;
  readonly bytes: number;
}

const bytesPerElement: Record<DType, number> = { float32: 4, int32: 4, bool: 1 };

type FlopRule<K extends OpName> = (node: NodeOf<K>) => number;

const nothing = () => 0;
const perElement = (node: { readonly shape: readonly number[] }) => sizeOf(node.shape);
const perOperandElement = (node: { readonly inputs: readonly Node[] }) => sizeOf(node.inputs[0].shape);

/** One flop per element of an elementwise result, transcendental or not; moves cost bytes alone. */
const flopRules: { readonly [K in keyof OpAttributes]: FlopRule<K> } = {
  input: nothing,
  state: nothing,
  constant: nothing,
  iota: nothing,
  neg: perElement,
  abs: perElement,
  sign: perElement,
  floor: perElement,
  exp: perElement,
  expm1: perElement,
  log: perElement,
  log1p: perElement,
  sqrt: perElement,
  sin: perElement,
  cos: perElement,
  tanh: perElement,
  sigmoid: perElement,
  erf: perElement,
  not: perElement,
  cast: nothing,
  stopGradient: nothing,
  add: perElement,
  sub: perElement,
  mul: perElement,
  div: perElement,
  pow: perElement,
  max: perElement,
  min: perElement,
  equal: perElement,
  less: perElement,
  lessEqual: perElement,
  and: perElement,
  or: perElement,
  select: perElement,
  sum: perOperandElement,
  reduceMax: perOperandElement,
  argMax: perOperandElement,
  broadcast: nothing,
  reshape: nothing,
  transpose: nothing,
  slice: nothing,
  pad: nothing,
  concat: nothing,
  reverse: nothing,
  // A multiplication and an addition per point of the product of all labels
  einsum: ({ inputs: [a, b], attributes: { spec } }) =>
    2 * sizeOf([...einsumExtents(parseEinsum(spec), a.shape, b.shape).values()]),
  cumsum: perElement,
  gather: nothing,
  scatterAdd: perOperandElement,
  patches: nothing,
  fold: perOperandElement,
  // 20 rounds of three operations and five key injections for two elements
  random: (node) => 40 * sizeOf(node.shape),
};

/** Ops that only rename: they move no byte. */
const isFree: ReadonlySet<OpName> = new Set<OpName>([
  'input',
  'state',
  'constant',
  'reshape',
  'stopGradient',
]);

export function costOfNode(node: Node): Cost {
  const flops = (flopRules[node.op] as FlopRule<OpName>)(node as NodeOf<OpName>);
  const bytes = isFree.has(node.op)
    ? 0
    : [node, ...node.inputs].reduce(
        (sum, { shape, dtype }) => sum + sizeOf(shape) * bytesPerElement[dtype],
        0,
      );
  return { flops, bytes };
}

/** Sum over the nodes of a program. */
export function costOf(program: Program): Cost {
  const costs = nodesOf(program).map(costOfNode);
  return {
    flops: costs.reduce((sum, cost) => sum + cost.flops, 0),
    bytes: costs.reduce((sum, cost) => sum + cost.bytes, 0),
  };
}
