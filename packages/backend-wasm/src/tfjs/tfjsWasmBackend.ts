import { InternalError } from '@polyneuron/graph';
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * What the engine uses of the wasm backend of tfjs 4.22, the last release: its Emscripten module and the addresses of
 * its tensors. Views of the heap are replaced whenever it grows and are never kept.
 */
export interface TfjsWasmBackend {
  readonly wasm: EmscriptenModule;
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  disposeData(dataId: object, force?: boolean): boolean;
}

interface EmscriptenModule {
  readonly asm: { readonly memory?: WebAssembly.Memory };
  /** Of the threaded build, which imports its memory. */
  readonly wasmMemory?: WebAssembly.Memory;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** The memory of the backend: exported by the plain and the SIMD build, shared and imported by the threaded one. */
export function memoryOf({ wasm }: TfjsWasmBackend): WebAssembly.Memory {
  const memory = wasm.asm.memory ?? wasm.wasmMemory;
  if (!memory) throw new InternalError("tfjs's wasm backend shows no memory");
  return memory;
}

/** Whether this is the threaded build. */
export function isThreaded(backend: TfjsWasmBackend): boolean {
  return !(memoryOf(backend).buffer instanceof ArrayBuffer);
}

/** Where a tensor lies; a tensor of another tfjs backend is moved here first. */
export function addressOf(backend: TfjsWasmBackend, { dataId }: TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}
