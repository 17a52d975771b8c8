import { CudaError, type CudaErrorFields } from './cudaError.js';
import { type DriverFunctions, driverConstants, driverFunctions } from './driverFunctions.js';
import { type Koffi, type Library, openLibrary } from './library.js';
import type { ArgumentsOf } from './signature.js';

type Call = keyof DriverFunctions;

/** libcuda with its errors as {@link CudaError}. */
export class Driver {
  readonly #library: Library<DriverFunctions>;
  /** Address of the kernel's parameters of {@link launch}; koffi's addresses are only of memory outside the heap of V8. */
  readonly #addressOf: (cells: BigUint64Array) => bigint;

  constructor(koffi: Koffi, path: string) {
    this.#library = openLibrary(koffi, path, driverFunctions);
    this.#addressOf = (cells) => koffi.address(cells);
  }

  get path(): string {
    return this.#library.path;
  }

  /** Throws CudaError where the call does not succeed. */
  call<Name extends Call>(name: Name, values: ArgumentsOf<DriverFunctions[Name]>): void {
    const status = this.#library.call(name, values);
    if (status !== 0) throw this.#errorOf(name, status, values);
  }

  /** A call that fills one cell with a handle or an address. */
  handleOf<Name extends Call>(
    name: Name,
    values: (cell: BigUint64Array) => ArgumentsOf<DriverFunctions[Name]>,
  ): bigint {
    const cell = new BigUint64Array(1);
    this.call(name, values(cell));
    return cell[0];
  }

  /** A call that fills one cell with a number. */
  numberOf<Name extends Call>(
    name: Name,
    values: (cell: Int32Array) => ArgumentsOf<DriverFunctions[Name]>,
  ): number {
    const cell = new Int32Array(1);
    this.call(name, values(cell));
    return cell[0];
  }

  /** Whether all work of a stream is done. Throws CudaError where that work has failed. */
  isIdle(stream: bigint): boolean {
    const status = this.#library.call('cuStreamQuery', { stream });
    if (status !== 0 && status !== driverConstants.notReady) throw this.#errorOf('cuStreamQuery', status, {});
    return status === 0;
  }

  /** Launches a kernel whose parameters are pointers. CUDA copies them before the call returns. */
  launch(
    kernel: bigint,
    { grid, block, sharedBytes }: LaunchShape,
    parameters: readonly bigint[],
    stream: bigint,
  ): void {
    // An explicit ArrayBuffer: memory of a short typed array could move
    const cells = new BigUint64Array(new ArrayBuffer(16 * parameters.length));
    const base = parameters.length === 0 ? 0n : this.#addressOf(cells);
    parameters.forEach((parameter, at) => {
      cells[at] = parameter;
      cells[parameters.length + at] = base + BigInt(8 * at);
    });
    this.call('cuLaunchKernel', {
      function: kernel,
      gridX: grid[0],
      gridY: grid[1],
      gridZ: grid[2],
      blockX: block[0],
      blockY: block[1],
      blockZ: block[2],
      sharedBytes,
      stream,
      parameters: cells.subarray(parameters.length),
      extra: null,
    });
  }

  #errorOf(call: Call, status: number, values: Readonly<Record<string, unknown>>): CudaError {
    return new CudaError({
      call,
      status,
      name: this.#textOf('cuGetErrorName', status) || 'an error without a name',
      text: this.#textOf('cuGetErrorString', status),
      ...detailsOf(values),
    });
  }

  #textOf(call: 'cuGetErrorName' | 'cuGetErrorString', status: number): string {
    const text = new BigUint64Array(1);
    return this.#library.call(call, { status, text }) === 0 ? this.#library.textAt(text[0]) : '';
  }
}

export interface LaunchShape {
  readonly grid: readonly [x: number, y: number, z: number];
  readonly block: readonly [x: number, y: number, z: number];
  readonly sharedBytes: number;
}

/** The numbers and names that were passed: addresses say nothing to a reader. */
function detailsOf(values: Readonly<Record<string, unknown>>): Pick<CudaErrorFields, 'details'> {
  const told = Object.entries(values).filter(
    ([, value]) => typeof value === 'number' || typeof value === 'string',
  );
  return told.length === 0
    ? {}
    : { details: Object.fromEntries(told.map(([name, value]) => [name, String(value)])) };
}
