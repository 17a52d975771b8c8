import {
  constant,
  createNode,
  mapGraph,
  type Node,
  type NodeOf,
  type OpName,
  type Program,
  rootsOf,
  sizeOf,
} from '@polyneuron/graph';

/**
 * Replaces every node without elements, and every node computed from nothing but them, by a constant: tfjs kernels
 * return wrong shapes, leak or read stray memory for empty operands.
 */
export function withoutEmpty(program: Program): Program {
  const replaced = mapGraph(rootsOf(program), (node, inputs) => {
    if (sizeOf(node.shape) === 0) return constant(0, node.shape, node.dtype);
    if (inputs.some(({ shape }) => sizeOf(shape) === 0)) return fromNothing(node, inputs);
    return inputs.every((operand, at) => operand === node.inputs[at])
      ? node
      : createNode(node.op, inputs, node.attributes as never);
  });
  const replace = (roots: Readonly<Record<string, Node>>) =>
    Object.fromEntries(Object.entries(roots).map(([name, node]) => [name, replaced.get(node) as Node]));
  return { ...program, outputs: replace(program.outputs), updates: replace(program.updates) };
}

/** What ops with elements of their own make of empty operands; all others are empty themselves. */
const identities: { readonly [K in OpName]?: (node: NodeOf<K>) => number } = {
  sum: () => 0,
  reduceMax: ({ dtype }) => (dtype === 'int32' ? -(2 ** 31) : Number.NEGATIVE_INFINITY),
  argMax: () => 0,
  pad: ({ attributes }) => attributes.value,
  einsum: () => 0,
  scatterAdd: () => 0,
  patches: () => 0,
  fold: () => 0,
};

function fromNothing(node: Node, inputs: readonly Node[]): Node {
  if (node.op === 'concat') {
    const parts = inputs.filter(({ shape }) => sizeOf(shape) > 0);
    return parts.length === 1 ? parts[0] : createNode('concat', parts, node.attributes);
  }
  const identity = identities[node.op] as ((node: Node) => number) | undefined;
  return identity
    ? constant(identity(node), node.shape, node.dtype)
    : createNode(node.op, inputs, node.attributes as never);
}
