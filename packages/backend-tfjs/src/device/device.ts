import type { DType, Shape } from '@polyneuron/graph';
import {
  type DataId,
  findBackend,
  getKernel,
  type KernelBackend,
  type NamedAttrMap,
  Tensor,
  type TensorInfo,
  type TypedArray,
  tidy,
} from '@tensorflow/tfjs-core';
import type { HostValues } from './copyStrided.js';
import { type HostMemory, hostArray, hostMemoryOf } from './hostMemory.js';

/** A kernel of the tfjs backend, called without the engine: nothing is taped, scoped or profiled. */
export type KernelCall = (
  inputs: Readonly<Record<string, TensorInfo>> | readonly TensorInfo[],
  attributes?: object,
) => TensorInfo;

/**
 * One tfjs backend as kernels are lowered to it. Every TensorInfo that a call returns is owned by the caller, who
 * frees it once.
 */
export interface TfjsDevice {
  /** Name in tfjs: 'cpu', 'wasm', 'webgl'. */
  readonly tfjsName: string;
  readonly backend: KernelBackend;
  readonly host: HostMemory | undefined;
  /** The kernel of that name, or undefined when the backend does not register it. */
  kernel(name: string): KernelCall | undefined;
  free(info: TensorInfo): void;
  /** Copies values to the device, rounding them to `dtype`. */
  upload(values: ArrayLike<number>, shape: Shape, dtype: DType): TensorInfo;
  /** Values of a tensor as a copy. */
  read(info: TensorInfo): Promise<HostValues>;
  /** Throws where the backend cannot wait (webgpu). */
  readSync(info: TensorInfo): HostValues;
}

export interface DeviceOptions {
  /** Move elements by JavaScript where the backend's memory allows it. default true */
  readonly useHostMemory?: boolean;
}

/** The device of a tfjs backend that is initialised; undefined when tfjs does not know it. */
export function deviceOf(
  tfjsName: string,
  { useHostMemory = true }: DeviceOptions = {},
): TfjsDevice | undefined {
  const backend = findBackend(tfjsName) as KernelBackend | null;
  return backend
    ? createDevice(tfjsName, backend, useHostMemory ? hostMemoryOf(backend) : undefined)
    : undefined;
}

function createDevice(tfjsName: string, backend: KernelBackend, host: HostMemory | undefined): TfjsDevice {
  const free = (info: TensorInfo) => {
    // Kernels of tfjs-node return tensors that the engine tracks
    if (isTensor(info)) info.dispose();
    else backend.disposeData(info.dataId);
  };
  const copy = (info: TensorInfo, values: TypedArray) =>
    asArray(info.dtype as DType, values, backend.refCount(info.dataId) > 1);
  return {
    tfjsName,
    backend,
    host,
    kernel: (name) => {
      const config = getKernel(name, tfjsName);
      if (!config) return undefined;
      const call: KernelCall = (inputs, attributes = {}) => {
        const result = config.kernelFunc({
          inputs: inputs as Record<string, TensorInfo>,
          attrs: attributes as NamedAttrMap,
          backend,
        });
        return Array.isArray(result) ? result[0] : result;
      };
      return hasTensorKernels(backend) ? withTensors(call) : call;
    },
    free,
    upload: (values, shape, dtype) => {
      const array = hostArray(dtype, values.length);
      array.set(values);
      return { dataId: backend.write(array, [...shape], dtype) as DataId, shape: [...shape], dtype };
    },
    read: async (info) => copy(info, (await backend.read(info.dataId)) as TypedArray),
    readSync: (info) => copy(info, backend.readSync(info.dataId) as TypedArray),
  };
}

/** What tfjs-node adds to the backend interface. */
interface TensorflowBackend {
  executeSingleOutput(name: string, attributes: readonly object[], inputs: readonly TensorInfo[]): Tensor;
}

/** tfjs-node: some of its kernels call ops of tfjs, which take tensors alone and leave more of them to the scope. */
function hasTensorKernels(backend: KernelBackend): boolean {
  return typeof (backend as Partial<TensorflowBackend>).executeSingleOutput === 'function';
}

/** Hands tensors over that the engine does not know, and keeps of those that it makes the result alone. */
function withTensors(call: KernelCall): KernelCall {
  return (inputs, attributes) => {
    const tensors = Array.isArray(inputs)
      ? inputs.map(asTensor)
      : Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, asTensor(info)]));
    return tidy(() => call(tensors, attributes) as Tensor);
  };
}

function asTensor(info: TensorInfo): Tensor {
  return isTensor(info) ? info : new Tensor(info.shape, info.dtype, info.dataId as DataId, untracked);
}

/** Ids of tensors count from 0. */
const untracked = -1;

export function isTensor(info: TensorInfo): info is Tensor {
  return 'dispose' in info;
}

/** The array kind of `dtype`, as a copy where the backend shares its own memory. */
function asArray(dtype: DType, values: TypedArray, isShared: boolean): HostValues {
  const target = hostArray(dtype, values.length);
  if (!isShared && target.constructor === values.constructor) return values as HostValues;
  target.set(values);
  return target;
}
