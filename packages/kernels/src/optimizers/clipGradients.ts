import { add, constant, div, max, mul, type Node, sqrt, square, sum, ValueError } from '@polyneuron/graph';
import { clip } from '../clip.js';

type Nodes = Readonly<Record<string, Node>>;

/** Every element into [-limit, limit]. */
export function clipByValue(limit: number): (gradients: Nodes) => Nodes {
  requirePositive('clipByValue', limit);
  return (gradients) => mapNodes(gradients, (gradient) => clip(gradient, -limit, limit));
}

/** Each gradient g scaled by limit / max(‖g‖, limit): none is longer than `limit`. */
export function clipByNorm(limit: number): (gradients: Nodes) => Nodes {
  requirePositive('clipByNorm', limit);
  return (gradients) =>
    mapNodes(gradients, (gradient) => mul(gradient, factor(sum(square(gradient)), limit)));
}

/** All gradients scaled by limit / max(‖all of them‖, limit): their direction stays. */
export function clipByGlobalNorm(limit: number): (gradients: Nodes) => Nodes {
  requirePositive('clipByGlobalNorm', limit);
  return (gradients) => {
    const squares = Object.values(gradients).map((gradient) => sum(square(gradient)));
    const scale = factor(
      squares.reduce((total, part) => add(total, part), constant(0)),
      limit,
    );
    return mapNodes(gradients, (gradient) => mul(gradient, scale));
  };
}

/** 1 where the norm is within the limit, 0 included. */
function factor(squaredNorm: Node, limit: number): Node {
  return div(constant(limit), max(sqrt(squaredNorm), limit));
}

function mapNodes(nodes: Nodes, map: (node: Node) => Node): Nodes {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, map(node)]));
}

function requirePositive(subject: string, limit: number): void {
  if (limit > 0) return;
  throw new ValueError({
    subject,
    expected: 'a limit above 0',
    received: String(limit),
    fix: 'leave clipping out',
  });
}
