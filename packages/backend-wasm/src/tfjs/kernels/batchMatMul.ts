import { defineProgram, einsum, type Node, reshape, ShapeError } from '@polyneuron/graph';
import {
  BatchMatMul,
  type BatchMatMulAttrs,
  broadcast_util,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { isThreaded, type TfjsWasmBackend } from '../tfjsWasmBackend.js';
import { float, type KernelProgram, kernelFunction } from './kernelCall.js';

/**
 * Products of matrices, each transposed or not; batch axes broadcast.
 *
 * y[..., i, j] = Σ_k a[..., i, k] b[..., k, j]
 *
 * Shapes   a [..., m, n] or [..., n, m] with transposeA, b [..., n, p] or [..., p, n] with transposeB → [..., m, p]
 * Throws   ShapeError when the summed axes differ
 */
export const batchMatMul: KernelProgram<BatchMatMulAttrs> = {
  kernelName: BatchMatMul,
  build: ({ a, b }, { transposeA, transposeB }) => {
    const [m, n] = transposeA ? [...a.shape.slice(-2)].reverse() : a.shape.slice(-2);
    const [inner, p] = transposeB ? [...b.shape.slice(-2)].reverse() : b.shape.slice(-2);
    if (n !== inner) {
      throw new ShapeError({
        subject: 'matMul',
        expected: 'equal extents of the axes that are summed',
        received: `${n} and ${inner}`,
        details: {
          a: `[${a.shape}]${transposeA ? ' transposed' : ''}`,
          b: `[${b.shape}]${transposeB ? ' transposed' : ''}`,
        },
        fix: 'transpose one of the operands, or check their order',
      });
    }
    const batch = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    return defineProgram({
      name: BatchMatMul,
      inputs: { a: float(a), b: float(b) },
      build: ({ inputs }) => {
        const left = labelBatch(inputs.a, batch, transposeA ? 'ki' : 'ik');
        const right = labelBatch(inputs.b, batch, transposeB ? 'jk' : 'kj');
        const output = batchLabels(batch).filter((label) => (left.labels + right.labels).includes(label));
        const product = einsum(`${left.labels},${right.labels}->${output.join('')}ij`, left.node, right.node);
        return { outputs: { y: reshape(product, [...batch, m, p]) } };
      },
    });
  },
};

/** Upper case, one letter per axis: the matrix axes have lower case ones. */
const batchLabels = (batch: readonly number[]) =>
  batch.map((_, axis) => String.fromCharCode('A'.charCodeAt(0) + axis));

/** An operand without the batch axes along which it is stretched, and labels for those that it has. */
function labelBatch(operand: Node, batch: readonly number[], matrix: string) {
  const own = operand.shape.slice(0, -2);
  const lead = batch.length - own.length;
  const isOwn = own.map((extent, axis) => extent !== 1 && extent === batch[lead + axis]);
  const kept = own.filter((_, axis) => isOwn[axis]);
  const labels = batchLabels(batch)
    .slice(lead)
    .filter((_, axis) => isOwn[axis]);
  return {
    node: reshape(operand, [...kept, ...operand.shape.slice(-2)]),
    labels: labels.join('') + matrix,
  };
}

/**
 * BatchMatMul by program, except where the stock kernel is the faster one, and for dtypes that only it knows.
 *
 * The stock kernel calls XNNPACK for one product without transposes. Measured on one thread it takes 1.05 to 1.3 times
 * as long from 4^3 to 128^3, and less time for a single row alone; with threads of its own it is left all of these.
 */
export function batchMatMulOver(stock: KernelFunc): KernelFunc {
  const ours = kernelFunction(batchMatMul);
  return (call) => {
    const { a, b } = call.inputs as { readonly a: TensorInfo; readonly b: TensorInfo };
    const isFloat = a.dtype === 'float32' && b.dtype === 'float32';
    const isOurs =
      isFloat && !(isForXnnpack(call.attrs as unknown as BatchMatMulAttrs, a, b) && prefersXnnpack(call, a));
    return isOurs ? ours(call) : stock(call);
  };
}

function isForXnnpack({ transposeA, transposeB }: BatchMatMulAttrs, a: TensorInfo, b: TensorInfo): boolean {
  const isSingle = [a, b].every(({ shape }) => shape.slice(0, -2).every((extent) => extent === 1));
  // XNNPACK refuses empty products, and the stock kernel then leaves its result as it found it
  const isEmpty = [...a.shape, ...b.shape].includes(0);
  return isSingle && !isEmpty && !transposeA && !transposeB;
}

function prefersXnnpack({ backend }: Parameters<KernelFunc>[0], { shape }: TensorInfo): boolean {
  return shape[shape.length - 2] === 1 || isThreaded(backend as TfjsWasmBackend);
}
