import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';

/** The tfjs backends that equality with tfjs is tested on. */
export const tfjsBackends = ['cpu', 'wasm'] as const;
export type TfjsBackendName = (typeof tfjsBackends)[number];
