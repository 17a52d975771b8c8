/**
 * @file A small multilayer network whose weights are themselves data, one set per sample: what a hypernetwork emits.
 * Shared by `hyperDense` and by the Task/Lift training of `../lift`.
 */
import { add, einsum, type Node, reshape, sliceAxis } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';

export interface TaskNetwork {
  /** Features of x. */
  readonly inputs: number;
  /** Units of each layer; the last is the output. */
  readonly units: readonly number[];
  readonly useBias: boolean;
  /** Writes every kernel as a product of [n, rank] and [rank, units]; null keeps it whole. */
  readonly rank: number | null;
}

interface TaskLayer {
  /** Shapes of the matrices whose product is the kernel. */
  readonly factors: readonly (readonly [number, number])[];
  readonly bias: number;
}

function layersOf({ inputs, units, useBias, rank }: TaskNetwork): TaskLayer[] {
  return units.map((width, at) => {
    const from = at === 0 ? inputs : units[at - 1];
    return {
      factors:
        rank === null
          ? [[from, width]]
          : [
              [from, rank],
              [rank, width],
            ],
      bias: useBias ? width : 0,
    };
  });
}

/** Number of weights of one sample. */
export function taskWeightCount(network: TaskNetwork): number {
  return layersOf(network).reduce(
    (count, { factors, bias }) =>
      count + bias + factors.reduce((size, [rows, columns]) => size + rows * columns, 0),
    0,
  );
}

/** Mean number of terms that a generated kernel weight's sum has: the fan-in that its variance should be scaled by. */
export function meanTaskFanIn(network: TaskNetwork): number {
  const factors = layersOf(network).flatMap((layer) => layer.factors);
  const size = factors.reduce((total, [rows, columns]) => total + rows * columns, 0);
  return factors.reduce((total, [rows, columns]) => total + rows * rows * columns, 0) / size;
}

/**
 * Runs the network on each sample with the sample's own weights.
 *
 * h_0[b] = x[b];  h_l[b] = a_l(h_{l-1}[b] W_l[b] + b_l[b]),  a_l = taskActivation, and linear in the last layer
 *
 * `weights` holds, layer by layer, the kernel (row-major [n, units]) and then the bias: Keras's `get_weights()`,
 * flattened, as seed 002 slices it. Batched contractions, no loop over samples.
 *
 * Shapes   x [B, inputs], weights [B, P] with P = taskWeightCount → [B, last units]
 */
export function applyTaskNetwork(
  network: TaskNetwork,
  taskActivation: ActivationName,
  x: Node,
  weights: Node,
): Node {
  const [batch] = x.shape;
  const layers = layersOf(network);
  let from = 0;
  const take = (size: number): Node => {
    from += size;
    return sliceAxis(weights, 1, from - size, size);
  };
  return layers.reduce((below, { factors, bias }, at) => {
    const product = factors.reduce(
      (left, [rows, columns]) =>
        einsum('bi,bio->bo', left, reshape(take(rows * columns), [batch, rows, columns])),
      below,
    );
    const sum = bias > 0 ? add(product, take(bias)) : product;
    return at === layers.length - 1 ? sum : activation(taskActivation).apply(sum);
  }, x);
}
