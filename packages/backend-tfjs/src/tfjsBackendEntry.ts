import type { BackendEntry } from '@polyneuron/backend';
import { findBackendFactory, ready, setBackend } from '@tensorflow/tfjs-core';
import { createTfjsBackend } from './tfjsBackend.js';

export interface TfjsEntryOptions {
  /** Place in the order of 'auto'. default 10 */
  readonly priority?: number;
}

/**
 * Registry entry for one tfjs backend, named `tfjs:<name>`.
 *
 * The probe only asks whether a package registered it; `load` makes it the active tfjs backend and waits until it is ready.
 *
 * @example
 * import '@tensorflow/tfjs-backend-wasm';
 * const registry = createRegistry([tfjsBackendEntry('wasm'), referenceEntry]);
 */
export function tfjsBackendEntry(
  tfjsBackend: string,
  { priority = 10 }: TfjsEntryOptions = {},
): BackendEntry {
  return {
    name: `tfjs:${tfjsBackend}`,
    title: `TensorFlow.js ${tfjsBackend}, op by op`,
    priority,
    probe: async () =>
      findBackendFactory(tfjsBackend)
        ? { available: true }
        : {
            available: false,
            reason: `no package registered a tfjs backend '${tfjsBackend}'`,
            remedy: `install and import @tensorflow/tfjs-backend-${tfjsBackend}`,
          },
    load: async () => {
      const isSet = await setBackend(tfjsBackend);
      if (!isSet)
        throw new Error(`tfjs could not initialise '${tfjsBackend}'; its warnings on the console say why`);
      await ready();
      return createTfjsBackend({ tfjsBackend });
    },
  };
}
