import { add, concat, matMul, type Node, reshape } from '@polyneuron/graph';

/** The kernels of a layer that mixes functions of its features; a layer of one function has no `kernelHigher`. */
export interface MixingKernels {
  /** [n, units] */
  readonly kernel: Node;
  /** [D - 1, n, units] */
  readonly kernelHigher?: Node;
  /** [units] */
  readonly bias?: Node;
}

/**
 * y_o = b_o + Σ_i φ_1(x_i) W_io + Σ_{d>=2} Σ_i φ_d(x_i) V_dio
 *
 * The first function has a kernel of its own: with V = 0 the layer is a dense layer on φ_1(x). The others are one
 * contraction over (d, i).
 *
 * Shapes   functions D of [B, ..., n] → y [B, ..., units]
 */
export function mixFunctions(
  [first, ...higher]: readonly Node[],
  { kernel, kernelHigher, bias }: MixingKernels,
): Node {
  const linear = matMul(first, kernel);
  const sum = kernelHigher ? add(linear, matMul(concat(higher, -1), flattenRows(kernelHigher))) : linear;
  return bias ? add(sum, bias) : sum;
}

/** [D, n, units] → [D n, units] */
function flattenRows(kernel: Node): Node {
  const [count, features, units] = kernel.shape;
  return reshape(kernel, [count * features, units]);
}
