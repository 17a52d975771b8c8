import { readdirSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { InternalError } from '@polyneuron/graph';
import type { LibraryHandle } from 'koffi';
import { CudaError } from './cudaError.js';
import { type Koffi, type Library, openLibrary } from './library.js';
import { type NvrtcFunctions, nvrtcFunctions } from './nvrtcFunctions.js';
import { Scope } from './scope.js';
import type { ArgumentsOf } from './signature.js';

/** NVRTC_ERROR_COMPILATION: the source is at fault, not the machine. */
export const compilationFailed = 6;

/** What code is compiled for: machine code of one architecture, or PTX that the driver finishes. */
export interface CompileTarget {
  readonly kind: 'cubin' | 'ptx';
  /** `--gpu-architecture` of NVRTC: 'sm_90', 'compute_80'. */
  readonly architecture: string;
}

/** Kernels of ours that NVRTC does not take. */
export class KernelSourceError extends InternalError {
  readonly program: string;
  /** What NVRTC said. */
  readonly log: string;

  constructor(program: string, target: CompileTarget, log: string) {
    super(`NVRTC does not compile the kernels of program '${program}' for ${target.architecture}:\n\n${log}`);
    this.name = 'KernelSourceError';
    this.program = program;
    this.log = log;
  }
}

/** libnvrtc: CUDA C to code for one GPU. It needs no driver and no GPU. */
export class Nvrtc {
  readonly #library: Library<NvrtcFunctions>;
  readonly #scope = new Scope();
  /** Kept loaded. */
  readonly builtins: readonly LibraryHandle[];
  readonly version: string;
  /** Architectures it knows: 90 for sm_90. */
  readonly architectures: readonly number[];

  constructor(koffi: Koffi, path: string) {
    this.#library = openLibrary(koffi, path, nvrtcFunctions);
    this.builtins = loadBuiltins(koffi, path);
    const major = new Int32Array(1);
    const minor = new Int32Array(1);
    this.#call('nvrtcVersion', { major, minor });
    this.version = `${major[0]}.${minor[0]}`;
    const count = new Int32Array(1);
    this.#call('nvrtcGetNumSupportedArchs', { count });
    const architectures = new Int32Array(count[0]);
    this.#call('nvrtcGetSupportedArchs', { architectures });
    this.architectures = [...architectures];
  }

  get path(): string {
    return this.#library.path;
  }

  /**
   * The best form for a GPU of compute capability `capability` (90 for 9.0): its own machine code where NVRTC knows it,
   * else PTX of the newest architecture below; nothing where all are above.
   */
  targetFor(capability: number): CompileTarget | undefined {
    if (this.architectures.includes(capability)) return { kind: 'cubin', architecture: `sm_${capability}` };
    const below = this.architectures.filter((architecture) => architecture < capability);
    return below.length === 0 ? undefined : { kind: 'ptx', architecture: `compute_${Math.max(...below)}` };
  }

  /**
   * Compiles one translation unit, on a thread of koffi's: this takes from tenths of a second to seconds.
   *
   * Throws   KernelSourceError with NVRTC's log where the source is at fault; CudaError for anything else
   */
  async compile(source: string, program: string, target: CompileTarget): Promise<Uint8Array> {
    const cell = new BigUint64Array(1);
    this.#call('nvrtcCreateProgram', {
      program: cell,
      source,
      name: 'polyneuron.cu',
      headerCount: 0,
      headers: null,
      headerNames: null,
    });
    try {
      const options = optionsFor(target);
      const status = await this.#library.callAsync('nvrtcCompileProgram', {
        program: cell[0],
        optionCount: options.length,
        options,
      });
      if (status === compilationFailed) throw new KernelSourceError(program, target, this.#logOf(cell[0]));
      if (status !== 0) throw this.#errorOf('nvrtcCompileProgram', status);
      return target.kind === 'cubin'
        ? this.#read(cell[0], 'nvrtcGetCUBINSize', 'nvrtcGetCUBIN')
        : this.#read(cell[0], 'nvrtcGetPTXSize', 'nvrtcGetPTX');
    } finally {
      // In the scope only from now on: `dispose` must not end what compiles
      this.#scope.add(() => this.#call('nvrtcDestroyProgram', { program: cell }))();
    }
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #logOf(program: bigint): string {
    const log = this.#read(program, 'nvrtcGetProgramLogSize', 'nvrtcGetProgramLog');
    // The last byte is C's end of text
    return new TextDecoder().decode(log.subarray(0, -1)).trim();
  }

  #read(
    program: bigint,
    sizeCall: 'nvrtcGetCUBINSize' | 'nvrtcGetPTXSize' | 'nvrtcGetProgramLogSize',
    dataCall: 'nvrtcGetCUBIN' | 'nvrtcGetPTX' | 'nvrtcGetProgramLog',
  ): Uint8Array {
    const bytes = new BigUint64Array(1);
    this.#call(sizeCall, { program, bytes });
    const data = new Uint8Array(Number(bytes[0]));
    this.#call(dataCall, { program, data });
    return data;
  }

  #call<Name extends keyof NvrtcFunctions>(name: Name, values: ArgumentsOf<NvrtcFunctions[Name]>): void {
    const status = this.#library.call(name, values);
    if (status !== 0) throw this.#errorOf(name, status);
  }

  #errorOf(call: string, status: number): CudaError {
    return new CudaError({
      call,
      status,
      name: this.#library.describe('nvrtcGetErrorString', status),
      text: '',
    });
  }
}

/**
 * Loads the built-in functions beside NVRTC: it looks for them by name only where the system's loader does, and finds
 * what is loaded already. koffi unloads libraries to which nobody refers.
 */
function loadBuiltins(koffi: Koffi, path: string): readonly LibraryHandle[] {
  if (!isAbsolute(path)) return [];
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => /^libnvrtc-builtins\.so(\.\d+)*$/.test(name))
    .map((name) => koffi.load(join(folder, name)));
}

/** Options of NVRTC: nothing that trades accuracy for speed. */
function optionsFor({ architecture }: CompileTarget): readonly string[] {
  return [`--gpu-architecture=${architecture}`, '--std=c++17', '--disable-warnings'];
}
