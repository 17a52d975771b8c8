import type { FedIndices } from '@polyneuron/fusion';
import type { DType, Shape } from '@polyneuron/graph';

/** Where a tensor lives in the one device allocation of a program ({@link CudaPlan.arenaBytes}). */
export interface Slot {
  /** Bytes from the start of the arena; a multiple of 64. */
  readonly offset: number;
  /** Bytes of the tensor as it is stored: float32 and int32 take 4 per element, bool takes 4 (an int32 of 0 or 1). */
  readonly bytes: number;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** One kernel launch. Launches of a plan run in order on one stream. */
export interface Launch {
  /** Name of an `extern "C" __global__` function of {@link CudaPlan.source}. */
  readonly kernel: string;
  readonly grid: readonly [x: number, y: number, z: number];
  readonly block: readonly [x: number, y: number, z: number];
  /** Dynamic shared memory; static shared memory is declared in the source. */
  readonly sharedBytes: number;
}

/**
 * A program as CUDA C: what the printer (`emit/`) hands to the driver (`driver/`), and to the host shim in tests.
 *
 * Kernels of {@link launches} have the signature `(unsigned char* arena)`: all other addresses are constants of the source.
 * The two kernels of {@link scan} have the signature `(unsigned char* arena, unsigned char* records, const unsigned int* step)`.
 */
export interface CudaPlan {
  /** One translation unit for NVRTC and nvcc; includes nothing. */
  readonly source: string;
  /** Size of the one device allocation: state, inputs, outputs and intermediates by liveness. */
  readonly arenaBytes: number;
  /** Constants that are written once after the allocation. */
  readonly constants: readonly { readonly offset: number; readonly data: Uint8Array }[];
  readonly state: Readonly<Record<string, Slot>>;
  readonly inputs: Readonly<Record<string, Slot>>;
  readonly outputs: Readonly<Record<string, Slot>>;
  readonly launches: readonly Launch[];
  /** Inputs that are indices: kernels raise no errors, so the driver's side checks these before a run. */
  readonly fedIndices: readonly FedIndices[];
  /**
   * A scan keeps the inputs of all steps, and its outputs, in two buffers of records, one record per step.
   * Before a step `feed` copies record `*step` into the inputs; after it `collect` copies the outputs into record `*step`.
   */
  readonly scan: {
    readonly feed: Launch | undefined;
    readonly collect: Launch | undefined;
    /** Bytes from one record to the next, and the place of each tensor inside a record; multiples of 16. */
    readonly inputStride: number;
    readonly inputOffsets: Readonly<Record<string, number>>;
    readonly outputStride: number;
    readonly outputOffsets: Readonly<Record<string, number>>;
  };
}
