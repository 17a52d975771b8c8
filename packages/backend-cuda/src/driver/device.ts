import type { DeviceInfo } from '@polyneuron/backend';
import { CudaError } from './cudaError.js';
import type { Driver } from './driver.js';
import { driverConstants } from './driverFunctions.js';
import type { Cuda } from './openCuda.js';
import { Scope } from './scope.js';

/**
 * One GPU: its primary context, which other libraries of the process share, and a stream of our own.
 *
 * A context is current on one thread, so everything here is called on the thread of the backend.
 */
export class Device {
  readonly driver: Driver;
  readonly info: DeviceInfo;
  /** What lives in the context: memory, modules, graphs, the stream. */
  readonly scope = new Scope();
  readonly stream: bigint;
  /** What the stream may still read. */
  readonly #uploading: ArrayBufferView[] = [];
  #isDisposed = false;
  #isReleased = false;
  readonly #context: bigint;
  readonly #releaseContext: () => void;

  /** Throws CudaError where the GPU cannot be used; then nothing stays. */
  constructor(cuda: Cuda) {
    const { driver, device } = cuda;
    this.driver = driver;
    this.info = describeDevice(cuda);
    this.#context = driver.handleOf('cuDevicePrimaryCtxRetain', (context) => ({ context, device }));
    [this.stream, this.#releaseContext] = new Scope().guard((contexts) => {
      contexts.add(() => driver.call('cuDevicePrimaryCtxRelease', { device }));
      this.enter();
      return driver.handleOf('cuStreamCreate', (stream) => ({
        stream,
        flags: driverConstants.streamNonBlocking,
      }));
    });
    this.scope.add(() => driver.call('cuStreamDestroy', { stream: this.stream }));
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Makes the context current: other libraries of the process may have changed that. */
  enter(): void {
    this.driver.call('cuCtxSetCurrent', { context: this.#context });
  }

  /** Throws CudaError, with what is free where that is too little. */
  allocate(bytes: number, scope: Scope): bigint {
    let address: bigint;
    try {
      address = this.driver.handleOf('cuMemAlloc', (cell) => ({ address: cell, bytes }));
    } catch (error) {
      throw error instanceof CudaError ? this.#withFreeMemory(error) : error;
    }
    scope.add(() => this.driver.call('cuMemFree', { address }));
    return address;
  }

  #withFreeMemory({ fields }: CudaError): CudaError {
    const free = new BigUint64Array(1);
    const total = new BigUint64Array(1);
    try {
      this.driver.call('cuMemGetInfo', { free, total });
    } catch {
      return new CudaError(fields);
    }
    const details = { ...fields.details, free: `${free[0]} of ${total[0]} bytes` };
    return new CudaError({ ...fields, details });
  }

  clear(address: bigint, bytes: number): void {
    if (bytes > 0) this.driver.call('cuMemsetD8Async', { address, value: 0, bytes, stream: this.stream });
  }

  /** `source` must stay as it is until the stream is idle: CUDA stages it at once, or reads it in place where it can. */
  upload(target: bigint, source: ArrayBufferView): void {
    const bytes = source.byteLength;
    if (bytes === 0) return;
    this.#uploading.push(source);
    this.driver.call('cuMemcpyHtoDAsync', { target, source, bytes, stream: this.stream });
  }

  /** Fills `target`, waiting for it. */
  download(target: ArrayBufferView, source: bigint): void {
    const bytes = target.byteLength;
    if (bytes > 0) this.driver.call('cuMemcpyDtoHAsync', { target, source, bytes, stream: this.stream });
    this.synchronize();
  }

  isIdle(): boolean {
    this.enter();
    const isIdle = this.driver.isIdle(this.stream);
    if (isIdle) this.#uploading.length = 0;
    return isIdle;
  }

  synchronize(): void {
    this.enter();
    this.driver.call('cuStreamSynchronize', { stream: this.stream });
    this.#uploading.length = 0;
  }

  /**
   * Releases everything, the context last; a context that nobody else holds takes with it what could not be released.
   *
   * Throws   the first error, after everything was tried. A context that could not be released is tried again at the
   *          next call.
   */
  dispose(): void {
    this.#isDisposed = true;
    if (this.#isReleased) return;
    let failure: { readonly error: unknown } | undefined;
    try {
      this.enter();
      this.scope.dispose();
    } catch (error) {
      failure = { error };
    }
    this.#releaseContext();
    this.#isReleased = true;
    if (failure) throw failure.error;
  }
}

function describeDevice({ driver, nvrtc, driverVersion, device, capability }: Cuda): DeviceInfo {
  const multiprocessors = driver.numberOf('cuDeviceGetAttribute', (value) => ({
    value,
    attribute: driverConstants.multiprocessorCount,
    device,
  }));
  const name = new Uint8Array(256);
  driver.call('cuDeviceGetName', { name, length: name.length, device });
  const gpu = new TextDecoder().decode(name.subarray(0, name.indexOf(0)));
  const bytes = driver.handleOf('cuDeviceTotalMem', (cell) => ({ bytes: cell, device }));
  const computeCapability = `${Math.floor(capability / 10)}.${capability % 10}`;
  return {
    description: `CUDA on ${gpu}, compute capability ${computeCapability}`,
    threads: 1,
    facts: {
      gpu,
      computeCapability,
      multiprocessors,
      memoryBytes: Number(bytes),
      driverCudaVersion: driverVersion,
      nvrtcVersion: nvrtc.version,
    },
  };
}
