import type { DType } from '@polyneuron/graph';

/** A tensor that TensorFlow holds for JavaScript. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

export type BindingValues = Float32Array | Int32Array | Uint8Array;

/** The native module of @tensorflow/tfjs-node, as far as it is used here. */
export interface TensorflowBinding {
  /** '2.21.0' */
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  isUsingGpuDevice(): boolean;
  createTensor(shape: readonly number[], dtype: number, values: BindingValues): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): BindingValues;
  getNumOfTensors(): number;
  getNumOfSavedModels(): number;
  loadSavedModel(directory: string, tags: string): number;
  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[];
  deleteSavedModel(id: number): void;
}

export function typeNumber(binding: TensorflowBinding, dtype: DType): number {
  return { float32: binding.TF_FLOAT, int32: binding.TF_INT32, bool: binding.TF_BOOL }[dtype];
}
