import { formatEinsum, parseEinsum } from '../einsumSpec.js';
import type { Node } from '../types.js';
import { createNode } from './create.js';
import { sum } from './reduce.js';

/**
 * Two-operand Einstein sum: `einsum('bi,io->bo', x, w)`.
 *
 * Labels that only one operand has and the output lacks are summed before the product.
 */
export function einsum(spec: string, a: Node, b: Node): Node {
  const parsed = parseEinsum(spec);
  const left = sumLoneLabels(a, parsed.left, parsed.right, parsed.output);
  const right = sumLoneLabels(b, parsed.right, parsed.left, parsed.output);
  return createNode('einsum', [left.node, right.node], {
    spec: formatEinsum({ left: left.labels, right: right.labels, output: parsed.output }),
  });
}

function sumLoneLabels(
  node: Node,
  labels: readonly string[],
  other: readonly string[],
  output: readonly string[],
) {
  if (labels.length !== node.shape.length) return { node, labels };
  const isLone = (label: string) => !other.includes(label) && !output.includes(label);
  const axes = labels.flatMap((label, axis) => (isLone(label) ? [axis] : []));
  return {
    node: axes.length === 0 ? node : sum(node, axes),
    labels: labels.filter((label) => !isLone(label)),
  };
}

/** Product of the last axis of `a` with the first of the matrix `b`: [..., n] x [n, m] -> [..., m]. */
export function matMul(a: Node, b: Node): Node {
  const lead = 'abcdefghijklm'.slice(0, Math.max(0, a.shape.length - 1));
  return einsum(`${lead}n,no->${lead}o`, a, b);
}
