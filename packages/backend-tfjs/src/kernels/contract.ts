import {
  type EinsumSpec,
  einsumRoles,
  type NodeOf,
  parseEinsum,
  type Shape,
  sizeOf,
} from '@polyneuron/graph';
import { chain, type Lowering, type LoweringContext, type Run, reshapeRun } from './lowering.js';
import { matMulOf } from './matMul.js';
import { isTrivialPermutation, permuteRun } from './move.js';

/**
 * Products up to this size take BatchMatMul's transpose flags; above it an explicit transpose and the plain product win,
 * because the wasm kernel is fast (XNNPACK, 40 GFLOP/s against 3) only untransposed and unbatched.
 */
const flaggedProductLimit = 2048;

/**
 * Every einsum as transpose, reshape, BatchMatMul, reshape, transpose; each step only where it is needed. Stock Einsum is
 * absent on wasm and multiplies the outer product out on cpu.
 */
export const einsum: Lowering<'einsum'> = (node, context) => {
  const spec = parseEinsum(node.attributes.spec);
  const roles = einsumRoles(spec);
  if (roles.rows.length + roles.columns.length === 0) return rowProducts(node, spec, context);
  const extent = extentOf(node, spec);
  const count = (labels: readonly string[]) => labels.reduce((product, label) => product * extent(label), 1);
  const isFlagged =
    !context.host ||
    count(roles.batch) > 1 ||
    count([...roles.rows, ...roles.columns, ...roles.depth]) <= flaggedProductLimit;
  const arrangements = arrangementsOf(spec, extent, isFlagged);
  const best = arrangements.reduce((a, b) => (b.moved < a.moved ? b : a));
  return arrangedProduct(node, spec, best, count, context);
};

type Labels = readonly string[];

/** How the product is computed: which operand comes first, and in which order its labels go. */
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

function extentOf(
  { inputs: [a, b] }: NodeOf<'einsum'>,
  { left, right }: EinsumSpec,
): (label: string) => number {
  const extents = new Map<string, number>();
  for (const [labels, { shape }] of [
    [left, a],
    [right, b],
  ] as const)
    labels.forEach((label, axis) => void extents.set(label, shape[axis]));
  return (label) => extents.get(label) as number;
}

function arrangementsOf(
  spec: EinsumSpec,
  extent: (label: string) => number,
  isFlagged: boolean,
): Arrangement[] {
  const candidates: Arrangement[] = [];
  for (const isSwapped of [false, true]) {
    const [first, second] = isSwapped ? [spec.right, spec.left] : [spec.left, spec.right];
    const roles = einsumRoles({ left: first, right: second, output: spec.output });
    const inOutput = (labels: Labels) => spec.output.filter((label) => labels.includes(label));
    for (const batch of [inOutput(roles.batch)])
      for (const depth of [roles.depth, second.filter((label) => roles.depth.includes(label))]) {
        const [rows, columns] = [inOutput(roles.rows), inOutput(roles.columns)];
        const cost = (from: Labels, to: Labels) =>
          isSameOrder(from, to, extent) ? 0 : from.reduce((size, label) => size * extent(label), 1);
        const plainA = cost(first, [...batch, ...rows, ...depth]);
        const plainB = cost(second, [...batch, ...depth, ...columns]);
        const transposeA = isFlagged && plainA > 0 && cost(first, [...batch, ...depth, ...rows]) === 0;
        const transposeB = isFlagged && plainB > 0 && cost(second, [...batch, ...columns, ...depth]) === 0;
        const moved =
          (transposeA ? 0 : plainA) +
          (transposeB ? 0 : plainB) +
          cost([...batch, ...rows, ...columns], spec.output);
        candidates.push({ isSwapped, batch, rows, columns, depth, transposeA, transposeB, moved });
      }
  }
  return candidates;
}

function isSameOrder(from: Labels, to: Labels, extent: (label: string) => number): boolean {
  return isTrivialPermutation(from.map(extent), permutationOf(from, to));
}

function permutationOf(from: Labels, to: Labels): number[] {
  return to.map((label) => from.indexOf(label));
}

function arrangedProduct(
  node: NodeOf<'einsum'>,
  spec: EinsumSpec,
  { isSwapped, batch, rows, columns, depth, transposeA, transposeB }: Arrangement,
  count: (labels: Labels) => number,
  context: LoweringContext,
): Run | undefined {
  const { free } = context;
  const [first, second] = isSwapped ? [spec.right, spec.left] : [spec.left, spec.right];
  const [nodeA, nodeB] = isSwapped ? [node.inputs[1], node.inputs[0]] : node.inputs;
  const [b, m, n, k] = [batch, rows, columns, depth].map(count);
  const a = arranged(
    context,
    nodeA.shape,
    first,
    [...batch, ...(transposeA ? [...depth, ...rows] : [...rows, ...depth])],
    transposeA ? [b, k, m] : [b, m, k],
  );
  const c = arranged(
    context,
    nodeB.shape,
    second,
    [...batch, ...(transposeB ? [...columns, ...depth] : [...depth, ...columns])],
    transposeB ? [b, n, k] : [b, k, n],
  );
  const product = matMulOf(context);
  const resultLabels = [...batch, ...rows, ...columns];
  const extents = new Map([
    ...first.map((label, axis) => [label, nodeA.shape[axis]] as const),
    ...second.map((label, axis) => [label, nodeB.shape[axis]] as const),
  ]);
  const finish = arranged(
    context,
    resultLabels.map((label) => extents.get(label) as number),
    resultLabels,
    spec.output,
    node.shape,
    [b, m, n],
  );
  if (!a || !c || !product || !finish) return undefined;
  return (operands) => {
    const left = a([operands[isSwapped ? 1 : 0]]);
    const right = c([operands[isSwapped ? 0 : 1]]);
    const result = product(left, right, { transposeA, transposeB });
    free(left);
    free(right);
    const finished = finish([result]);
    free(result);
    return finished;
  };
}

/** Brings an operand of `shape`, whose axes are `from`, into the order `to` and then to the shape `result`. */
function arranged(
  context: LoweringContext,
  shape: Shape,
  from: Labels,
  to: Labels,
  result: Shape,
  received: Shape = shape,
): Run | undefined {
  const permutation = permutationOf(from, to);
  if (isTrivialPermutation(shape, permutation)) return reshapeRun(context, result);
  const permuted = permuteRun(context, { shape, dtype: 'float32' }, permutation);
  const isReceivedAsIs = received === shape;
  return chain(
    context,
    ...(isReceivedAsIs ? [] : [reshapeRun(context, shape)]),
    permuted,
    reshapeRun(context, result),
  );
}

/** Labels shared by both operands only: a product by elements, summed over the depth. */
function rowProducts(
  node: NodeOf<'einsum'>,
  { left, right, output }: EinsumSpec,
  context: LoweringContext,
): Run | undefined {
  const { kernel, free } = context;
  const [a, b] = node.inputs;
  const depth = left.filter((label) => !output.includes(label));
  const order = [...output, ...depth];
  const extents = new Map(left.map((label, axis) => [label, a.shape[axis]]));
  const ordered: Shape = [
    sizeOf(node.shape),
    depth.reduce((size, label) => size * (extents.get(label) as number), 1),
  ];
  const first = arranged(context, a.shape, left, order, ordered);
  const second = arranged(context, b.shape, right, order, ordered);
  const multiply = kernel('Multiply');
  const sum = kernel('Sum');
  const finish = reshapeRun(context, node.shape);
  if (!first || !second || !multiply || !sum || !finish) return undefined;
  return (operands) => {
    const [x, y] = [first([operands[0]]), second([operands[1]])];
    const products = multiply({ a: x, b: y });
    free(x);
    free(y);
    const sums = sum({ x: products }, { axis: [1], keepDims: false });
    free(products);
    const finished = finish([sums]);
    free(sums);
    return finished;
  };
}
