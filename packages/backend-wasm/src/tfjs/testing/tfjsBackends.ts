import { testRandom } from '@polyneuron/testing';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
// Registers the gradients of tfjs's ops
import '@tensorflow/tfjs-layers';
import { backend, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { TfjsWasmBackend } from '../tfjsWasmBackend.js';

export type BackendName = 'cpu' | 'wasm';

/** Makes a tfjs backend the active one; a backend that does not start fails the test. */
export async function useBackend(name: BackendName): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`tfjs backend '${name}' did not start`);
}

/** The active backend, which has to be wasm. */
export const wasmBackend = () => backend() as unknown as TfjsWasmBackend;

/** Normal numbers that the shape and the seed decide. */
export function normalTensor(shape: readonly number[], seed = 1): Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return tensor(Float32Array.from(testRandom(seed + size).normals(size)), [...shape], 'float32');
}

export interface Result {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** What `compute` gives on a backend. */
export async function resultOn(name: BackendName, compute: () => Tensor): Promise<Result> {
  await useBackend(name);
  return tidy(() => {
    const y = compute();
    return { shape: y.shape, dtype: y.dtype, values: y.dataSync() };
  });
}
