import type { Backend } from '@polyneuron/backend';
import { createTfjsBackend } from '@polyneuron/backend-tfjs';
import { ValueError } from '@polyneuron/graph';
import type { Operation } from './errors.js';

/**
 * Runs on the backend given, or on tfjs's active one for the time of the call.
 *
 * Throws   ValueError on what is no backend, such as the name of one
 */
export async function withBackend<T>(
  operation: Operation,
  backend: Backend | undefined | null,
  run: (backend: Backend) => Promise<T>,
): Promise<T> {
  if (backend !== undefined && backend !== null) {
    requireBackend(operation, backend);
    return run(backend);
  }
  const own = createTfjsBackend();
  try {
    return await run(own);
  } finally {
    own.dispose();
  }
}

function requireBackend(operation: Operation, backend: Partial<Backend>): void {
  if (typeof backend.compile === 'function') return;
  throw new ValueError({
    subject: operation,
    expected: 'backend to be a Backend of @polyneuron/backend',
    received: typeof backend === 'string' ? `'${backend}'` : `${typeof backend} without compile`,
    fix: "pass createWasmBackend() of @polyneuron/backend-wasm, or leave it out for tfjs's active backend",
  });
}
