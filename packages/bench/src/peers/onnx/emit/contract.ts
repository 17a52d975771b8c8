/**
 * @file Every einsum as what a user of ONNX would write: a product by elements without summed labels, Gemm or MatMul with
 * them. onnxruntime has fast kernels and fusions for these, and a slow one for Einsum.
 */
import { type EinsumSpec, einsumRoles, type NodeOf, parseEinsum } from '@polyneuron/graph';
import type { GraphBuilder, Value } from '../graphBuilder.js';
import { convolution } from './convolve.js';
import type { Emitter } from './emitter.js';
import { arranged, extentsOf, isInOrder, type Labels } from './labels.js';

export const contractEmitters: { readonly einsum: Emitter<'einsum'> } = {
  einsum(node, graph) {
    const spec = parseEinsum(node.attributes.spec);
    const { rows, columns, depth } = einsumRoles(spec);
    if (depth.length === 0) return productByElements(node, spec, graph);
    const convolved = convolution(node, spec, graph);
    if (convolved) return convolved;
    if (rows.length + columns.length === 0) return rowProducts(node, spec, graph);
    return matrixProduct(node, spec, graph);
  },
};

/** Both operands with an axis per label of `order`, 1 where they lack it. */
function aligned(
  { inputs: [a, b] }: NodeOf<'einsum'>,
  spec: EinsumSpec,
  order: Labels,
  graph: GraphBuilder,
): readonly Value[] {
  const extentOf = extentsOf(spec, a.shape, b.shape);
  const sides = [
    [a, spec.left],
    [b, spec.right],
  ] as const;
  return sides.map(([operand, labels]) => {
    const own = order.filter((label) => labels.includes(label));
    const shape = order.map((label) => (labels.includes(label) ? extentOf(label) : 1));
    return { name: arranged(graph, graph.full(operand), [labels, own], extentOf, shape), shape };
  });
}

function productByElements(node: NodeOf<'einsum'>, spec: EinsumSpec, graph: GraphBuilder): Value {
  return graph.pointwise(aligned(node, spec, spec.output, graph), (operands) => graph.emit('Mul', operands));
}

/** Labels shared by both operands only. */
function rowProducts(node: NodeOf<'einsum'>, spec: EinsumSpec, graph: GraphBuilder): Value {
  const { depth } = einsumRoles(spec);
  const { name } = graph.pointwise(aligned(node, spec, [...spec.output, ...depth], graph), (operands) =>
    graph.emit('Mul', operands),
  );
  const axes = graph.list(depth.map((_, at) => spec.output.length + at));
  return { name: graph.emit('ReduceSum', [name, axes], { keepdims: 0 }), shape: node.shape };
}

/** How a product is computed: which operand comes first, and in which order its labels go. */
interface Arrangement {
  readonly isSwapped: boolean;
  readonly batch: Labels;
  readonly rows: Labels;
  readonly columns: Labels;
  readonly depth: Labels;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Elements that explicit transposes move. */
  readonly moved: number;
}

/** Each order of the operands and of the summed labels; matrices that are stored the other way round cost nothing. */
function arrangements(spec: EinsumSpec, extentOf: (label: string) => number): Arrangement[] {
  return [false, true].flatMap((isSwapped) => {
    const [left, right] = isSwapped ? [spec.right, spec.left] : [spec.left, spec.right];
    const roles = einsumRoles({ left, right, output: spec.output });
    const inOutput = (labels: Labels) => spec.output.filter((label) => labels.includes(label));
    const [batch, rows, columns] = [inOutput(roles.batch), inOutput(roles.rows), inOutput(roles.columns)];
    return [roles.depth, right.filter((label) => roles.depth.includes(label))].map((depth) => {
      const cost = (from: Labels, ...to: Labels[]) =>
        isInOrder(from, to.flat(), extentOf) ? 0 : from.reduce((size, label) => size * extentOf(label), 1);
      const [plainA, plainB] = [cost(left, batch, rows, depth), cost(right, batch, depth, columns)];
      const transposeA = plainA > 0 && cost(left, batch, depth, rows) === 0;
      const transposeB = plainB > 0 && cost(right, batch, columns, depth) === 0;
      const moved =
        (transposeA ? 0 : plainA) +
        (transposeB ? 0 : plainB) +
        cost([...batch, ...rows, ...columns], spec.output);
      return { isSwapped, batch, rows, columns, depth, transposeA, transposeB, moved };
    });
  });
}

function matrixProduct(node: NodeOf<'einsum'>, spec: EinsumSpec, graph: GraphBuilder): Value {
  const extentOf = extentsOf(spec, node.inputs[0].shape, node.inputs[1].shape);
  const chosen = arrangements(spec, extentOf).reduce((best, one) => (one.moved < best.moved ? one : best));
  const { isSwapped, batch, rows, columns, depth, transposeA, transposeB } = chosen;
  const [left, right] = isSwapped ? [spec.right, spec.left] : [spec.left, spec.right];
  const [nodeA, nodeB] = isSwapped ? [node.inputs[1], node.inputs[0]] : node.inputs;
  const count = (labels: Labels) => labels.reduce((product, label) => product * extentOf(label), 1);
  // One axis for each group, none for an empty batch
  const group = (...groups: Labels[]) => [...(batch.length > 0 ? [count(batch)] : []), ...groups.map(count)];
  const operand = (name: string, labels: Labels, ...groups: [Labels, Labels]) =>
    arranged(graph, name, [labels, [...batch, ...groups.flat()]], extentOf, group(...groups));
  const a = operand(
    graph.full(nodeA),
    left,
    ...(transposeA ? ([depth, rows] as const) : ([rows, depth] as const)),
  );
  const b = operand(
    graph.full(nodeB),
    right,
    ...(transposeB ? ([columns, depth] as const) : ([depth, columns] as const)),
  );
  const product = multiplied(graph, a, b, { isBatched: batch.length > 0, transposeA, transposeB });
  const labels = [...batch, ...rows, ...columns];
  const unjoined =
    group(rows, columns).join() === labels.map(extentOf).join()
      ? product
      : graph.reshape(product, labels.map(extentOf));
  return { name: arranged(graph, unjoined, [labels, spec.output], extentOf, node.shape), shape: node.shape };
}

/** Gemm takes flags; MatMul gets transposes, which onnxruntime fuses into it. */
function multiplied(
  graph: GraphBuilder,
  a: string,
  b: string,
  {
    isBatched,
    transposeA,
    transposeB,
  }: { readonly isBatched: boolean; readonly transposeA: boolean; readonly transposeB: boolean },
): string {
  if (!transposeA && !transposeB) return graph.emit('MatMul', [a, b]);
  if (!isBatched)
    return graph.emit('Gemm', [a, b], { transA: Number(transposeA), transB: Number(transposeB) });
  const turned = (name: string, isTurned: boolean) => (isTurned ? graph.transpose(name, [0, 2, 1]) : name);
  return graph.emit('MatMul', [turned(a, transposeA), turned(b, transposeB)]);
}
