import { availableParallelism } from 'node:os';
import { createTensorflowBackend, loadTensorflow } from '@polyneuron/backend-cuda/native';
import { tfjsBackendEntry } from '@polyneuron/backend-tfjs';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import type { BackendSource } from '@polyneuron/bench';
import { silenceTfjs } from '../backends/silenceTfjs.js';

/** One thread, and two where this process may use two cores: the figures of the documents. */
export function defaultThreads(): readonly number[] {
  return availableParallelism() > 1 ? [1, 2] : [1];
}

/** What `bench` measures of ours: the compiler at each thread count, the same programs op by op on tfjs, and on a GPU. */
export function benchBackends(threads: readonly number[]): readonly BackendSource[] {
  return [
    { name: 'wasm', threads, open: async (count) => createWasmBackend({ threads: count }) },
    { name: 'tfjs', open: () => tfjsBackendEntry('wasm').load({}) },
    { name: 'native', open: async () => createTensorflowBackend(loadTensorflow()) },
    { name: 'cuda', open: async () => (await import('@polyneuron/backend-cuda')).createCudaBackend() },
  ];
}

/** Registers the tfjs backends. None of their kernels is replaced: the peers are measured as they are published. */
export async function loadStockTfjs(): Promise<void> {
  silenceTfjs();
  await import('@tensorflow/tfjs-backend-cpu');
  await import('@tensorflow/tfjs-backend-wasm');
}
