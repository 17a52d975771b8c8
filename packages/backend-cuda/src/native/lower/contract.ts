import {
  type EinsumSpec,
  einsumRoles,
  formatEinsum,
  parseEinsum,
  type Shape,
  sizeOf,
} from '@polyneuron/graph';
import { convolved } from './convolution.js';
import { addTyped, type Lowering, type LoweringContext, reshaped, wholeValue } from './lowering.js';

/**
 * A convolution where one operand is windows of an image, `MatMul` where both are matrices as they are stored, `Einsum` elsewhere:
 * TensorFlow joins bias and activation to the first two alone.
 */
export const einsum: Lowering<'einsum'> = (node, context) => {
  const convolution = convolved(node, context);
  if (convolution !== undefined) return wholeValue(node, convolution);
  const spec = parseEinsum(node.attributes.spec);
  const matrices = asMatrices(spec);
  if (matrices) return wholeValue(node, product(matrices, node, context));
  const operands = [context.whole(0), context.whole(1)];
  const attributes = { N: { int: 2 }, equation: { text: formatEinsum(spec) } } as const;
  return wholeValue(node, addTyped(context, 'Einsum', operands, 'float32', attributes));
};

type Labels = readonly string[];

interface Matrices {
  /** The right operand comes first: (A B)ᵀ = Bᵀ Aᵀ. */
  readonly isSwapped: boolean;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly rows: Labels;
  readonly columns: Labels;
  readonly depth: Labels;
}

/** How the axes of both operands and of the result fall into rows, columns and depth without moving elements. */
function asMatrices(spec: EinsumSpec): Matrices | undefined {
  for (const isSwapped of [false, true]) {
    const [left, right] = isSwapped ? [spec.right, spec.left] : [spec.left, spec.right];
    const { batch, rows, columns, depth } = einsumRoles({ left, right, output: spec.output });
    if (batch.length > 0 || depth.length === 0 || !isSame(spec.output, [...rows, ...columns])) continue;
    const transposeA = !isSame(left, [...rows, ...depth]);
    const transposeB = !isSame(right, [...depth, ...columns]);
    if (transposeA && !isSame(left, [...depth, ...rows])) continue;
    if (transposeB && !isSame(right, [...columns, ...depth])) continue;
    return { isSwapped, transposeA, transposeB, rows, columns, depth };
  }
  return undefined;
}

function isSame(a: Labels, b: Labels): boolean {
  return a.length === b.length && a.every((label, at) => label === b[at]);
}

function product(
  { isSwapped, transposeA, transposeB, rows, columns, depth }: Matrices,
  node: Parameters<Lowering<'einsum'>>[0],
  context: LoweringContext,
): string {
  const { left, right } = parseEinsum(node.attributes.spec);
  const shapes = node.inputs.map(({ shape }) => shape);
  const extents = new Map([...zip(left, shapes[0]), ...zip(right, shapes[1])]);
  const count = (labels: Labels) => sizeOf(labels.map((label) => extents.get(label) as number));
  const [m, n, k] = [rows, columns, depth].map(count);
  const [first, second] = isSwapped ? [1, 0] : [0, 1];
  const matrix = (operand: number, shape: Shape) =>
    reshaped(context, context.whole(operand), 'float32', shapes[operand], shape);
  const at = addTyped(
    context,
    'MatMul',
    [matrix(first, transposeA ? [k, m] : [m, k]), matrix(second, transposeB ? [n, k] : [k, n])],
    'float32',
    { transpose_a: { bool: transposeA }, transpose_b: { bool: transposeB } },
  );
  return reshaped(context, at, 'float32', [m, n], node.shape);
}

function zip(labels: Labels, shape: Shape): [string, number][] {
  return labels.map((label, axis) => [label, shape[axis]]);
}
