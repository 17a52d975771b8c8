import { type Node, reshape, sizeOf } from '@polyneuron/graph';

/** Applies `compute`, which takes [rows, F, D] to [rows, ...], to fields [..., F, D] of any rank. */
export function onFieldRows(x: Node, compute: (rows: Node) => Node): Node {
  const leading = x.shape.slice(0, -2);
  const y = compute(reshape(x, [sizeOf(leading), ...x.shape.slice(-2)]));
  return reshape(y, [...leading, ...y.shape.slice(1)]);
}
