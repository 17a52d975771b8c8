import { max, min, type Node } from '@polyneuron/graph';

/** min(max(x, low), high): at a tie the derivative goes to x, as tfjs's clipByValue does. NaN passes. */
export function clip(x: Node, low: number, high: number): Node {
  return min(max(x, low), high);
}
