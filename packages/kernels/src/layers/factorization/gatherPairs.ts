import { constant, gather, type Node } from '@polyneuron/graph';
import { fieldPairs } from './fieldPairs.js';

/** The left and the right member of every pair: `left` and `right` [rows, F, ...] become [rows, P, ...] each. */
export function gatherPairs(left: Node, right: Node): [Node, Node] {
  const pairs = fieldPairs(right.shape[1]);
  const take = (x: Node, side: 0 | 1) =>
    gather(
      x,
      constant(
        pairs.map((pair) => pair[side]),
        [pairs.length],
        'int32',
      ),
      1,
    );
  return [take(left, 0), take(right, 1)];
}
