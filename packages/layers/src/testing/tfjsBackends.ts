import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';

export const tfjsBackends = ['cpu', 'wasm'] as const;

/** Makes a backend the active one; a backend that does not start fails the test. */
export async function useBackend(name: (typeof tfjsBackends)[number]): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`tfjs backend '${name}' did not start`);
}
