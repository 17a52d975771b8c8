import {
  div,
  equal,
  matMul,
  mul,
  type Node,
  reshape,
  select,
  sliceAxis,
  square,
  sub,
  sum,
} from '@polyneuron/graph';

/**
 * Reflections in hyperplanes through the origin, one after the other, the first normal first.
 *
 * H(n) x = x - 2 n (n·x) / (n·n);     y = H(n_k) ... H(n_1) x
 *
 * Shapes   x [..., n], normals [k, n] → [..., n]
 * Numerics where n·n is 0 any divisor will do, because the numerator is 0: such a normal reflects nothing
 */
export function reflectAll(x: Node, normals: Node): Node {
  const [count, n] = normals.shape;
  const squaredLengths = sum(square(normals), 1, { keepDims: true });
  const scaled = div(mul(normals, 2), select(equal(squaredLengths, 0), 1, squaredLengths));
  const rows = Array.from({ length: count }, (_, at) => at);
  return rows.reduce((y, at) => {
    const along = matMul(y, reshape(sliceAxis(scaled, 0, at, 1), [n, 1]));
    return sub(y, mul(along, reshape(sliceAxis(normals, 0, at, 1), [n])));
  }, x);
}
