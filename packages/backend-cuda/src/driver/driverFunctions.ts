/**
 * @file The functions of libcuda that are used. All are there since CUDA 11.4 (driver 470), the oldest this package
 * runs on. `_v2` is what `cuda.h` puts in place of the plain name: those without it take 32-bit sizes.
 */
import type { SignatureTable } from './signature.js';

/** What `cuDriverGetVersion` says for CUDA 11.4. */
export const oldestDriver = 11040;

export const driverFunctions = {
  cuInit: { symbol: 'cuInit', parameters: { flags: 'uint32' } },
  cuDriverGetVersion: { symbol: 'cuDriverGetVersion', parameters: { version: 'outInt32' } },
  cuDeviceGetCount: { symbol: 'cuDeviceGetCount', parameters: { count: 'outInt32' } },
  cuDeviceGet: { symbol: 'cuDeviceGet', parameters: { device: 'outInt32', ordinal: 'int32' } },
  cuDeviceGetName: {
    symbol: 'cuDeviceGetName',
    parameters: { name: 'data', length: 'int32', device: 'int32' },
  },
  cuDeviceGetAttribute: {
    symbol: 'cuDeviceGetAttribute',
    parameters: { value: 'outInt32', attribute: 'int32', device: 'int32' },
  },
  cuDeviceTotalMem: { symbol: 'cuDeviceTotalMem_v2', parameters: { bytes: 'outSize', device: 'int32' } },
  cuDevicePrimaryCtxRetain: {
    symbol: 'cuDevicePrimaryCtxRetain',
    parameters: { context: 'outHandle', device: 'int32' },
  },
  cuDevicePrimaryCtxRelease: { symbol: 'cuDevicePrimaryCtxRelease_v2', parameters: { device: 'int32' } },
  cuCtxSetCurrent: { symbol: 'cuCtxSetCurrent', parameters: { context: 'handle' } },
  cuMemGetInfo: { symbol: 'cuMemGetInfo_v2', parameters: { free: 'outSize', total: 'outSize' } },
  cuMemAlloc: { symbol: 'cuMemAlloc_v2', parameters: { address: 'outHandle', bytes: 'size' } },
  cuMemFree: { symbol: 'cuMemFree_v2', parameters: { address: 'handle' } },
  cuMemsetD8Async: {
    symbol: 'cuMemsetD8Async',
    parameters: { address: 'handle', value: 'uint32', bytes: 'size', stream: 'handle' },
  },
  cuMemcpyHtoDAsync: {
    symbol: 'cuMemcpyHtoDAsync_v2',
    parameters: { target: 'handle', source: 'data', bytes: 'size', stream: 'handle' },
  },
  cuMemcpyDtoHAsync: {
    symbol: 'cuMemcpyDtoHAsync_v2',
    parameters: { target: 'data', source: 'handle', bytes: 'size', stream: 'handle' },
  },
  cuStreamCreate: { symbol: 'cuStreamCreate', parameters: { stream: 'outHandle', flags: 'uint32' } },
  cuStreamDestroy: { symbol: 'cuStreamDestroy_v2', parameters: { stream: 'handle' } },
  cuStreamQuery: { symbol: 'cuStreamQuery', parameters: { stream: 'handle' } },
  cuStreamSynchronize: { symbol: 'cuStreamSynchronize', parameters: { stream: 'handle' } },
  cuStreamBeginCapture: {
    symbol: 'cuStreamBeginCapture_v2',
    parameters: { stream: 'handle', mode: 'int32' },
  },
  cuStreamEndCapture: {
    symbol: 'cuStreamEndCapture',
    parameters: { stream: 'handle', graph: 'outHandle' },
  },
  cuModuleLoadData: { symbol: 'cuModuleLoadData', parameters: { module: 'outHandle', image: 'data' } },
  cuModuleUnload: { symbol: 'cuModuleUnload', parameters: { module: 'handle' } },
  cuModuleGetFunction: {
    symbol: 'cuModuleGetFunction',
    parameters: { function: 'outHandle', module: 'handle', name: 'text' },
  },
  cuFuncSetAttribute: {
    symbol: 'cuFuncSetAttribute',
    parameters: { function: 'handle', attribute: 'int32', value: 'int32' },
  },
  cuLaunchKernel: {
    symbol: 'cuLaunchKernel',
    parameters: {
      function: 'handle',
      gridX: 'uint32',
      gridY: 'uint32',
      gridZ: 'uint32',
      blockX: 'uint32',
      blockY: 'uint32',
      blockZ: 'uint32',
      sharedBytes: 'uint32',
      stream: 'handle',
      parameters: 'data',
      extra: 'data',
    },
  },
  cuGraphCreate: { symbol: 'cuGraphCreate', parameters: { graph: 'outHandle', flags: 'uint32' } },
  cuGraphDestroy: { symbol: 'cuGraphDestroy', parameters: { graph: 'handle' } },
  cuGraphAddChildGraphNode: {
    symbol: 'cuGraphAddChildGraphNode',
    parameters: {
      node: 'outHandle',
      graph: 'handle',
      dependencies: 'data',
      dependencyCount: 'size',
      child: 'handle',
    },
  },
  cuGraphInstantiate: {
    symbol: 'cuGraphInstantiateWithFlags',
    parameters: { executable: 'outHandle', graph: 'handle', flags: 'size' },
  },
  cuGraphLaunch: { symbol: 'cuGraphLaunch', parameters: { executable: 'handle', stream: 'handle' } },
  cuGraphExecDestroy: { symbol: 'cuGraphExecDestroy', parameters: { executable: 'handle' } },
  cuGetErrorName: { symbol: 'cuGetErrorName', parameters: { status: 'int32', text: 'outHandle' } },
  cuGetErrorString: { symbol: 'cuGetErrorString', parameters: { status: 'int32', text: 'outHandle' } },
} as const satisfies SignatureTable;

export type DriverFunctions = typeof driverFunctions;

/** Values of the enumerations of `cuda.h`. */
export const driverConstants = {
  multiprocessorCount: 16,
  computeCapabilityMajor: 75,
  computeCapabilityMinor: 76,
  /** A stream that does not wait for the legacy default stream, where other libraries may work. */
  streamNonBlocking: 1,
  /** Capture that allows everything beside it: the driver may load a kernel at its first launch. */
  captureRelaxed: 2,
  maximumDynamicSharedBytes: 8,
  /** CUDA_ERROR_NOT_READY: a stream has work left. */
  notReady: 600,
} as const;
