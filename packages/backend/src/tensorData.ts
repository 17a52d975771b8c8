import type { DType } from '@polyneuron/graph';
import type { TensorData } from './contract.js';

/** Kinds of array that carry each dtype. A backend rounds float64 to its own precision. */
export const arrayKinds: Readonly<Record<DType, readonly string[]>> = {
  float32: ['Float32Array', 'Float64Array'],
  int32: ['Int32Array'],
  bool: ['Uint8Array'],
};

/** Zeros of the kind in which backends hand out `dtype`. */
export function allocateData(dtype: DType, length: number): TensorData {
  switch (dtype) {
    case 'float32':
      return new Float32Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'bool':
      return new Uint8Array(length);
  }
}
