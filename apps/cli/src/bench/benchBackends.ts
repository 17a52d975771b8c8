import { availableParallelism } from 'node:os';
import { tfjsBackendEntry } from '@polyneuron/backend-tfjs';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import type { BackendSource } from '@polyneuron/bench';
import { silenceTfjs } from '../backends/silenceTfjs.js';

/** One thread, and two where this process may use two cores: the figures of the documents. */
export function defaultThreads(): readonly number[] {
  return availableParallelism() > 1 ? [1, 2] : [1];
}

/** What `bench` measures of ours: the compiler at each thread count, and the same programs op by op on tfjs. */
export function benchBackends(threads: readonly number[]): readonly BackendSource[] {
  return [
    { name: 'wasm', threads, open: async (count) => createWasmBackend({ threads: count }) },
    { name: 'tfjs', open: () => tfjsBackendEntry('wasm').load({}) },
  ];
}

/** Registers the tfjs backends. None of their kernels is replaced: the peers are measured as they are published. */
export async function loadStockTfjs(): Promise<void> {
  silenceTfjs();
  await import('@tensorflow/tfjs-backend-cpu');
  await import('@tensorflow/tfjs-backend-wasm');
}
