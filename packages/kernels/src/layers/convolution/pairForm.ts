/** @file The quadratic form Σ_{i<=j} w_ij x_i x_j of many vectors, in the cheaper of two ways. */
import { constant, einsum, gather, matMul, mul, type Node, reshape } from '@polyneuron/graph';

/** Pairs (i, j) with i <= j < size, by i and then j: the order of packed weights. */
export function upperPairs(size: number): readonly (readonly [number, number])[] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size - i }, (_, step) => [i, i + step] as const),
  ).flat();
}

/**
 * y[..., f] = Σ_{i<=j} w[ij, f] x[..., i] x[..., j]
 *
 * products      p(p+1)/2 products of each vector, one contraction: p²·F flops and p²/2 values of scratch a vector
 * contractions  t[i, f] = Σ_j S[i, j, f] x_j, y[f] = Σ_i x_i t[i, f] with the symmetric S: 2·p²·F flops, but p·F values
 *               of scratch, and all of it in contractions
 *
 * With few columns against the length of a vector, F <= (p + 1) / 2, contractions need less scratch, and on WebAssembly
 * less time (forward and gradient at p = 72, F = 16: 5.0 ms against 9.5); with many, products win by more (p = 27,
 * F = 64: 12 ms against 33). So that is where the form changes.
 *
 * Shapes   x [a, b, c, p], w [p(p+1)/2, F] → y [a, b, c, F]
 */
export function pairForm(x: Node, packed: Node): Node {
  const [size, columns] = [x.shape[3], packed.shape[1]];
  return columns <= (size + 1) / 2 ? byContractions(x, packed) : byProducts(x, packed);
}

function byProducts(x: Node, packed: Node): Node {
  const pairs = upperPairs(x.shape[3]);
  const pick = (side: 0 | 1) => gather(x, indices(pairs.map((pair) => pair[side])), 3);
  return matMul(mul(pick(0), pick(1)), packed);
}

function byContractions(x: Node, packed: Node): Node {
  const size = x.shape[3];
  const at = new Map(upperPairs(size).map(([i, j], index) => [i * size + j, index]));
  const cells = Array.from({ length: size * size }, (_, cell) => {
    const [i, j] = [Math.floor(cell / size), cell % size];
    // S_ij = S_ji = w_ij / 2 off the diagonal
    return { index: at.get(Math.min(i, j) * size + Math.max(i, j)) as number, share: i === j ? 1 : 0.5 };
  });
  const shares = constant(
    cells.map(({ share }) => share),
    [size * size, 1],
  );
  const symmetric = mul(gather(packed, indices(cells.map(({ index }) => index))), shares);
  const slopes = einsum('abcj,ijf->abcif', x, reshape(symmetric, [size, size, packed.shape[1]]));
  return einsum('abcif,abci->abcf', slopes, x);
}

function indices(list: readonly number[]): Node {
  return constant(list, [list.length], 'int32');
}
