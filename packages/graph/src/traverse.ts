import type { Node } from './types.js';

/** Operands before users; the order depends on the roots alone. Iterative, so that depth is bounded by memory only. */
export function topologicalOrder(roots: readonly Node[]): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  for (const root of roots) {
    const path: { node: Node; next: number }[] = [];
    const enter = (node: Node) => {
      if (seen.has(node)) return;
      seen.add(node);
      path.push({ node, next: 0 });
    };
    enter(root);
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top.next < top.node.inputs.length) {
        enter(top.node.inputs[top.next++]);
      } else {
        order.push(top.node);
        path.pop();
      }
    }
  }
  return order;
}

/** Rebuilds a graph bottom-up; `rebuild` gets each node with its operands already replaced. */
export function mapGraph(
  roots: readonly Node[],
  rebuild: (node: Node, inputs: readonly Node[]) => Node,
): Map<Node, Node> {
  const replaced = new Map<Node, Node>();
  for (const node of topologicalOrder(roots)) {
    replaced.set(
      node,
      rebuild(
        node,
        node.inputs.map((operand) => replaced.get(operand) as Node),
      ),
    );
  }
  return replaced;
}
