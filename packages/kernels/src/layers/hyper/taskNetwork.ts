/**
 * @file A small multilayer network whose weights are themselves data, one set per sample: what a hypernetwork emits.
 * Shared by the layers of this folder and by the Task/Lift training of `../../lift`.
 */
import {
  add,
  einsum,
  expandDims,
  matMul,
  type Node,
  reshape,
  type Shape,
  sizeOf,
  sliceAxis,
} from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';

/**
 * How a kernel of rank r is written. 'factors' generates both factors, W = U(z) V(z); 'core' learns U and V and
 * generates the r x r matrix between them, W = U S(z) V.
 */
export type RankForm = 'factors' | 'core';

export interface TaskNetwork {
  /** Features of x. */
  readonly inputs: number;
  /** Units of each layer; the last is the output. */
  readonly units: readonly number[];
  readonly useBias: boolean;
  /** Writes every kernel as a product through `rank` features; null keeps it whole. */
  readonly rank: number | null;
  /** default 'factors' */
  readonly rankForm?: RankForm;
}

/** One generated weight of one layer: the kernel, its factors u and v, its core, or the bias. */
export interface TaskTensor {
  readonly kind: 'kernel' | 'u' | 'v' | 'core' | 'bias';
  readonly layer: number;
  readonly shape: Shape;
}

/** Learned factors of the layers whose core is generated: U [n, rank] and V [rank, units]. */
export interface TaskProjections {
  readonly u: Node;
  readonly v: Node;
}

/** Extents of each layer's kernel, [inputs, units]. */
export function taskKernelShapes({ inputs, units }: TaskNetwork): [number, number][] {
  return units.map((width, at) => [at === 0 ? inputs : units[at - 1], width]);
}

/** Every generated weight, layer by layer, the bias last: the order in which they lie in one flat vector. */
export function taskTensors(network: TaskNetwork): TaskTensor[] {
  const { useBias, rank, rankForm = 'factors' } = network;
  return taskKernelShapes(network).flatMap(([rows, columns], layer): TaskTensor[] => [
    ...(rank === null
      ? [{ kind: 'kernel', layer, shape: [rows, columns] } as const]
      : rankForm === 'core'
        ? [{ kind: 'core', layer, shape: [rank, rank] } as const]
        : [
            { kind: 'u', layer, shape: [rows, rank] } as const,
            { kind: 'v', layer, shape: [rank, columns] } as const,
          ]),
    ...(useBias ? [{ kind: 'bias', layer, shape: [columns] } as const] : []),
  ]);
}

/** Number of weights of one sample. */
export function taskWeightCount(network: TaskNetwork): number {
  return taskTensors(network).reduce((count, { shape }) => count + sizeOf(shape), 0);
}

/** Cuts flat weight sets [..., P] into the tensors of `taskTensors`, each with the leading axes of the sets. */
export function splitTaskWeights(network: TaskNetwork, weights: Node): Node[] {
  const lead = weights.shape.slice(0, -1);
  let from = 0;
  return taskTensors(network).map(({ shape }) => {
    const size = sizeOf(shape);
    from += size;
    return reshape(sliceAxis(weights, -1, from - size, size), [...lead, ...shape]);
  });
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
  return runTaskNetwork(network, taskActivation, x, splitTaskWeights(network, weights));
}

/**
 * The same with the tensors of `taskTensors`, in their order, and one weight set for each, for several, or for all
 * rows of x.
 *
 * Shapes   tensors without a leading axis, x [rows, inputs]; or tensors [G, ...] and x [G, inputs] or
 *          [G, T, inputs] → x with its last axis of the last units
 */
export function runTaskNetwork(
  network: TaskNetwork,
  taskActivation: ActivationName,
  x: Node,
  tensors: readonly Node[],
  projections: readonly TaskProjections[] = [],
): Node {
  const kinds = taskTensors(network);
  const lastLayer = network.units.length - 1;
  return network.units.reduce((below, _, layer) => {
    const own = kinds.flatMap(({ kind, layer: of }, at) =>
      of === layer ? [{ kind, tensor: tensors[at] }] : [],
    );
    const { u, v } = projections[layer] ?? {};
    const start = u === undefined ? below : matMul(below, u);
    const product = own
      .filter(({ kind }) => kind !== 'bias')
      .reduce((left, { tensor }) => multiplyRows(left, tensor), start);
    const linear = v === undefined ? product : matMul(product, v);
    const bias = own.find(({ kind }) => kind === 'bias')?.tensor;
    const sum = bias === undefined ? linear : addToRows(linear, bias);
    return layer === lastLayer ? sum : activation(taskActivation).apply(sum);
  }, x);
}

/** Rows times one matrix, one matrix a row, or one matrix a group of rows. */
function multiplyRows(rows: Node, matrix: Node): Node {
  if (matrix.shape.length === 2) return matMul(rows, matrix);
  return einsum(rows.shape.length === 2 ? 'bi,bio->bo' : 'bti,bio->bto', rows, matrix);
}

function addToRows(rows: Node, bias: Node): Node {
  const isGrouped = bias.shape.length === 2 && rows.shape.length === 3;
  return add(rows, isGrouped ? expandDims(bias, 1) : bias);
}
