import { type DType, type Shape, sizeOf } from '@polyneuron/graph';
import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import type { HostValues } from './copyStrided.js';

/**
 * Direct access to tensors of a backend that keeps them in memory JavaScript can address.
 *
 * The stock kernels for moves compute a coordinate per element there (GatherV2: 35 to 55 ns per element); a strided copy takes 1 to 2.
 */
export interface HostMemory {
  /** Kernels are compiled code, against which a JavaScript loop wins only where they do needless work. */
  readonly hasCompiledKernels: boolean;
  /** A view that holds until the next allocation. */
  view(info: TensorInfo): HostValues;
  /** A new tensor that `fill` writes completely; its elements are undefined before. */
  create(shape: Shape, dtype: DType, fill: (target: HostValues) => void): TensorInfo;
}

/** What tfjs-backend-wasm adds to the backend interface. */
interface HeapBackend {
  makeOutput(shape: number[], dtype: DType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): HostValues;
}

/** What tfjs-backend-cpu adds to the backend interface. */
interface ArrayBackend {
  readonly data: { get(id: DataId): { readonly values: HostValues } };
}

/** Host access by what the backend can do; undefined where tensors live elsewhere (textures, native tensors). */
export function hostMemoryOf(backend: KernelBackend): HostMemory | undefined {
  if (isHeapBackend(backend)) return heapMemory(backend);
  return isArrayBackend(backend) ? arrayMemory(backend) : undefined;
}

function heapMemory(backend: KernelBackend & HeapBackend): HostMemory {
  const view = (info: TensorInfo) => backend.typedArrayFromHeap(info);
  return {
    hasCompiledKernels: true,
    view,
    create: (shape, dtype, fill) => {
      const info = backend.makeOutput([...shape], dtype);
      fill(view(info));
      return info;
    },
  };
}

function arrayMemory(backend: KernelBackend & ArrayBackend): HostMemory {
  return {
    hasCompiledKernels: false,
    view: ({ dataId }) => backend.data.get(dataId as DataId).values,
    create: (shape, dtype, fill) => {
      const values = hostArray(dtype, sizeOf(shape));
      fill(values);
      return { dataId: backend.write(values, [...shape], dtype), shape: [...shape], dtype };
    },
  };
}

export function hostArray(dtype: DType, length: number): HostValues {
  return dtype === 'float32'
    ? new Float32Array(length)
    : dtype === 'int32'
      ? new Int32Array(length)
      : new Uint8Array(length);
}

function isHeapBackend(backend: object): backend is KernelBackend & HeapBackend {
  const { makeOutput, typedArrayFromHeap } = backend as Partial<HeapBackend>;
  return typeof makeOutput === 'function' && typeof typedArrayFromHeap === 'function';
}

function isArrayBackend(backend: object): backend is KernelBackend & ArrayBackend {
  const { data } = backend as Partial<ArrayBackend>;
  return typeof data?.get === 'function' && 'blockSize' in backend;
}
