import type { Backend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { createWebglBackend } from '../webglBackend.js';

export type BackendChoice = 'webgl' | 'wasm' | 'wasm, 2 threads';

const makers: { readonly [K in BackendChoice]: () => Backend } = {
  webgl: () => createWebglBackend(),
  wasm: () => createWasmBackend(),
  'wasm, 2 threads': () => createWasmBackend({ threads: 2 }),
};

const made = new Map<BackendChoice, Backend>();

/** One backend of each kind per page. */
export function backendOf(choice: BackendChoice): Backend {
  const known = made.get(choice);
  if (known) return known;
  const backend = makers[choice]();
  made.set(choice, backend);
  return backend;
}

/** What a suite found: comparisons that held, and a message for each that did not. */
export interface Findings {
  readonly passed: number;
  readonly failures: readonly string[];
}

/** Counts comparisons; a comparison fails by throwing. */
export async function collect(
  cases: Iterable<{ readonly title: string; readonly check: () => Promise<void> }>,
): Promise<Findings> {
  let passed = 0;
  const failures: string[] = [];
  for (const { title, check } of cases) {
    try {
      await check();
      passed++;
    } catch (error) {
      failures.push(`${title}: ${(error as Error).message}`);
    }
  }
  return { passed, failures };
}
