import type { DeviceInfo } from '@polyneuron/backend';
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
  /** Compute capability: 90 for 9.0. */
  readonly capability: number;
  /** What lives in the context: memory, modules, graphs, the stream. */
  readonly scope = new Scope();
  readonly stream: bigint;
  #isDisposed = false;
  #isReleased = false;
  readonly #context: bigint;
  readonly #releaseContext: () => void;

  /** Throws CudaError where the GPU cannot be used; then nothing stays. */
  constructor({ driver, nvrtc, driverVersion }: Cuda, ordinal: number) {
    this.driver = driver;
    const device = driver.numberOf('cuDeviceGet', (cell) => ({ device: cell, ordinal }));
    const { capability, info } = describeDevice(driver, device, {
      driver: driverVersion,
      nvrtc: nvrtc.version,
    });
    this.info = info;
    this.capability = capability;
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

  allocate(bytes: number, scope: Scope): bigint {
    const address = this.driver.handleOf('cuMemAlloc', (cell) => ({ address: cell, bytes }));
    scope.add(() => this.driver.call('cuMemFree', { address }));
    return address;
  }

  clear(address: bigint, bytes: number): void {
    if (bytes > 0) this.driver.call('cuMemsetD8Async', { address, value: 0, bytes, stream: this.stream });
  }

  /** The bytes are taken before the call returns: CUDA stages memory that is not pinned. */
  upload(target: bigint, source: ArrayBufferView): void {
    const bytes = source.byteLength;
    if (bytes > 0) this.driver.call('cuMemcpyHtoDAsync', { target, source, bytes, stream: this.stream });
  }

  /** Fills `target`, waiting for it. */
  download(target: ArrayBufferView, source: bigint): void {
    const bytes = target.byteLength;
    if (bytes > 0) this.driver.call('cuMemcpyDtoHAsync', { target, source, bytes, stream: this.stream });
    this.synchronize();
  }

  isIdle(): boolean {
    this.enter();
    return this.driver.isIdle(this.stream);
  }

  synchronize(): void {
    this.driver.call('cuStreamSynchronize', { stream: this.stream });
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

function describeDevice(
  driver: Driver,
  device: number,
  versions: { readonly driver: string; readonly nvrtc: string },
): { readonly capability: number; readonly info: DeviceInfo } {
  const attributeOf = (attribute: number) =>
    driver.numberOf('cuDeviceGetAttribute', (value) => ({ value, attribute, device }));
  const major = attributeOf(driverConstants.computeCapabilityMajor);
  const minor = attributeOf(driverConstants.computeCapabilityMinor);
  const multiprocessors = attributeOf(driverConstants.multiprocessorCount);
  const name = new Uint8Array(256);
  driver.call('cuDeviceGetName', { name, length: name.length, device });
  const gpu = new TextDecoder().decode(name.subarray(0, name.indexOf(0)));
  const bytes = driver.handleOf('cuDeviceTotalMem', (cell) => ({ bytes: cell, device }));
  return {
    capability: 10 * major + minor,
    info: {
      description: `CUDA on ${gpu}, compute capability ${major}.${minor}`,
      threads: 1,
      facts: {
        gpu,
        computeCapability: `${major}.${minor}`,
        multiprocessors,
        memoryBytes: Number(bytes),
        driverCudaVersion: versions.driver,
        nvrtcVersion: versions.nvrtc,
      },
    },
  };
}
