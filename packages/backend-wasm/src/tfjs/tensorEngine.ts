import type { Program } from '@polyneuron/graph';
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { compileForHeap } from './heapProgram.js';
import { HeapRegions } from './heapRegions.js';
import { ProgramStore } from './programStore.js';
import type { TfjsWasmBackend } from './tfjsWasmBackend.js';

/** Compiled programs that an engine keeps. */
const defaultCapacity = 512;

export interface TensorEngineOptions {
  /** Compiled programs kept; the one used longest ago leaves first. default 512 */
  readonly capacity?: number;
}

/** Runs programs on the tensors of one tfjs wasm backend, in its own memory. */
export class TensorEngine {
  readonly #store: ProgramStore;
  readonly #capacity: number;
  /** Programs of kernels by shapes and attributes, in order of making. */
  readonly #shaped = new Map<string, Program>();

  constructor(backend: TfjsWasmBackend, { capacity = defaultCapacity }: TensorEngineOptions = {}) {
    const regions = new HeapRegions(backend);
    this.#capacity = capacity;
    this.#store = new ProgramStore(capacity, (program) => compileForHeap(program, backend, regions));
  }

  /** Compiled programs held now. */
  get size(): number {
    return this.#store.size;
  }

  /** New tensors in the order of the program's outputs; inputs stay the caller's. */
  run(program: Program, inputs: NamedTensorInfoMap): TensorInfo[] {
    return this.#store.get(program).run(inputs);
  }

  /** `run` of the program that `build` makes; `key` says everything that it depends on. */
  runShaped(key: string, build: () => Program, inputs: NamedTensorInfoMap): TensorInfo[] {
    const known = this.#shaped.get(key);
    const program = known ?? build();
    if (!known) {
      if (this.#shaped.size >= this.#capacity)
        this.#shaped.delete(this.#shaped.keys().next().value as string);
      this.#shaped.set(key, program);
    }
    return this.run(program, inputs);
  }

  /** Frees every compiled program; they are compiled again when they are needed. */
  clear(): void {
    this.#store.clear();
    this.#shaped.clear();
  }
}

const engines = new WeakMap<object, TensorEngine>();

/** The engine of a backend, made on first use. */
export function tensorEngineOf(backend: object): TensorEngine {
  const known = engines.get(backend);
  if (known) return known;
  const engine = new TensorEngine(backend as TfjsWasmBackend);
  engines.set(backend, engine);
  return engine;
}
