import {
  type DType,
  type Node,
  type Program,
  rootsOf,
  simplify,
  sizeOf,
  topologicalOrder,
} from '@polyneuron/graph';

const bytesPerElement: { readonly [K in DType]: number } = { float32: 4, int32: 4, bool: 1 };

/**
 * Bytes that one run must move between memory and processor however well it is fused: each input and state entry once,
 * each output and update once. Of a table that is read by `gather` alone, only the gathered rows count.
 */
export function compulsoryBytes(program: Program): number {
  const simple = simplify(program);
  const roots = rootsOf(simple);
  const order = topologicalOrder(roots);
  const readers = new Map<Node, Node[]>();
  for (const node of order)
    for (const input of new Set(node.inputs)) readers.set(input, [...(readers.get(input) ?? []), node]);
  const read = order
    .filter(({ op }) => op === 'input' || op === 'state')
    .reduce((bytes, leaf) => bytes + bytesRead(leaf, readers.get(leaf) ?? []), 0);
  return roots.reduce((bytes, root) => bytes + bytesOf(root), read);
}

function bytesRead(leaf: Node, readers: readonly Node[]): number {
  const isTable =
    readers.length > 0 && readers.every((node) => node.op === 'gather' && node.inputs[0] === leaf);
  return isTable ? readers.reduce((bytes, node) => bytes + bytesOf(node), 0) : bytesOf(leaf);
}

function bytesOf({ shape, dtype }: Node): number {
  return sizeOf(shape) * bytesPerElement[dtype];
}
