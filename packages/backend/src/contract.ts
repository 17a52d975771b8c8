import type { Program } from '@polyneuron/graph';

/** float32 travels as Float32Array (the reference: Float64Array), int32 as Int32Array, bool as Uint8Array. */
export type TensorData = Float32Array | Float64Array | Int32Array | Uint8Array;

/** Values by name, row-major. */
export type TensorMap = Readonly<Record<string, TensorData>>;

/** What a backend really runs on. */
export interface DeviceInfo {
  /** One line for reports: 'tfjs cpu (plain JavaScript)', 'WebAssembly SIMD, 2 threads'. */
  readonly description: string;
  readonly threads: number;
  /** Further facts by name: SIMD variant, renderer, GPU name, memory in bytes. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export interface CompileOptions {
  /** The same bits on every run, device variant and thread count, where the backend can otherwise trade them for speed. */
  readonly deterministic?: boolean;
}

/**
 * Runs programs on one device. Results agree with the float64 interpreter within the tolerance table.
 *
 * A backend differentiates nothing and knows no layer: gradients and optimizers are part of the program.
 */
export interface Backend {
  /** 'wasm', 'webgl', 'cuda', 'tfjs:cpu', 'reference' */
  readonly name: string;
  readonly device: DeviceInfo;
  compile(program: Program, options?: CompileOptions): Promise<Executable>;
  /** The same without waiting, where the device allows it. */
  compileSync?(program: Program, options?: CompileOptions): Executable;
  dispose(): void;
}

/** A compiled program with its own copy of the state, which starts as zeros. */
export interface Executable {
  readonly program: Program;
  /** Uploads one state entry. */
  write(state: string, data: TensorData): void;
  /** Downloads one state entry. */
  read(state: string): Promise<TensorData>;
  /** One execution: outputs computed from inputs and state, then all updates at once. */
  run(inputs: TensorMap): Promise<TensorMap>;
  runSync?(inputs: TensorMap): TensorMap;
  /**
   * `steps` executions. Every input carries a leading axis of extent `steps`; state threads through; outputs come
   * back stacked along a leading axis.
   */
  scan(steps: number, inputs: TensorMap): Promise<TensorMap>;
  dispose(): void;
}
