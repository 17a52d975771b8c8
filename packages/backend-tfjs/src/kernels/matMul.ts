import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { LoweringContext } from './lowering.js';

export interface MatMulFlags {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export type MatMul = (a: TensorInfo, b: TensorInfo, flags?: MatMulFlags) => TensorInfo;

const plain: MatMulFlags = { transposeA: false, transposeB: false };

/** Extents of the right operand's matrix when its data was first multiplied. */
const firstExtents = new WeakMap<object, string>();

/**
 * BatchMatMul of operands of rank 3.
 *
 * The wasm kernel keeps the right operand packed by its data alone: data multiplied once as [2, 3] and later, reshaped, as
 * [3, 2] silently gives the product with the first. Such data is copied before its second use.
 */
export function matMulOf({ kernel, free }: LoweringContext): MatMul | undefined {
  const product = kernel('BatchMatMul');
  const copy = kernel('Identity');
  if (!product || !copy) return undefined;
  return (a, b, flags = plain) => {
    if (isSafe(b)) return product({ a, b }, flags);
    const fresh = copy({ x: b });
    try {
      return product({ a, b: fresh }, flags);
    } finally {
      free(fresh);
    }
  };
}

function isSafe({ dataId, shape }: TensorInfo): boolean {
  const extents = `${shape[1]}x${shape[2]}`;
  const first = firstExtents.get(dataId as object);
  if (first === undefined) firstExtents.set(dataId as object, extents);
  return first === undefined || first === extents;
}
