import { interpretNodes, type Node, type OpName, topologicalOrder, type Values } from '@polyneuron/graph';
import { type Element, RingLimit, type RingLimits, variableElement } from './ring.js';
import { type RingContext, type RingRule, ringRules } from './ringRules.js';

export interface PolynomialInterpretation {
  /** Nodes whose elements are the variables, in order. */
  readonly variables: readonly Node[];
  /** Values of the other leaves. */
  readonly state: Values;
  readonly inputs?: Values;
  readonly limits: RingLimits;
  readonly leave: RingContext['leave'];
  /** Throws: a limit was passed at this node. */
  readonly exceed: (node: Node, limit: keyof RingLimits) => never;
}

/**
 * Elements of nodes as polynomials in the elements of other nodes: the float64 interpreter over another ring.
 *
 * What does not depend on the variables is computed by the interpreter itself, so weights stay numbers.
 */
export function interpretPolynomials(
  roots: readonly Node[],
  { variables, state, inputs = {}, limits, leave, exceed }: PolynomialInterpretation,
): readonly (readonly Element[])[] {
  const values = new Map<Node, readonly Element[]>();
  let from = 0;
  for (const node of variables) {
    values.set(
      node,
      Array.from({ length: sizeOfNode(node) }, () => variableElement(from++)),
    );
  }
  const order = topologicalOrder(roots);
  const depends = new Set<Node>(variables);
  for (const node of order) if (node.inputs.some((operand) => depends.has(operand))) depends.add(node);
  // Numbers that meet polynomials, or are results themselves.
  const edges = order.filter((node) => depends.has(node)).flatMap(({ inputs }) => inputs);
  const numbers = [...new Set([...edges, ...roots])].filter((node) => !depends.has(node));
  interpretNodes(numbers, { state, inputs }).forEach((data, at) => {
    values.set(numbers[at], Array.from(data));
  });
  for (const node of order) {
    if (values.has(node) || !depends.has(node)) continue;
    const operands = node.inputs.map((operand) => values.get(operand) as readonly Element[]);
    try {
      const rule = ringRules[node.op] as unknown as RingRule<OpName>;
      values.set(node, rule(node, operands, { limits, leave }));
    } catch (error) {
      if (error instanceof RingLimit) exceed(node, error.limit);
      throw error;
    }
  }
  return roots.map((root) => values.get(root) as readonly Element[]);
}

function sizeOfNode({ shape }: Node): number {
  return shape.reduce((size, extent) => size * extent, 1);
}
