import type { Backend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';

/** The tfjs backends that equality with tfjs is tested on. */
export const tfjsBackends = ['cpu', 'wasm'] as const;
export type TfjsBackendName = (typeof tfjsBackends)[number];

/** What runs our side of a comparison, and the tfjs backend that runs theirs. */
export interface Runner {
  readonly name: string;
  readonly tfjsBackend: TfjsBackendName;
  /** default: op by op on the tfjs backend */
  readonly backend?: Backend;
}

export const runners: readonly Runner[] = [
  ...tfjsBackends.map((name) => ({ name: `tfjs ${name}`, tfjsBackend: name })),
  { name: 'compiled WebAssembly', tfjsBackend: 'cpu', backend: createWasmBackend() },
];
