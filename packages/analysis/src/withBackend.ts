import type { Backend } from '@polyneuron/backend';
import { createTfjsBackend } from '@polyneuron/backend-tfjs';

/** Runs on the backend given, or on tfjs's active one for the time of the call. */
export async function withBackend<T>(
  backend: Backend | undefined,
  run: (backend: Backend) => Promise<T>,
): Promise<T> {
  if (backend) return run(backend);
  const own = createTfjsBackend();
  try {
    return await run(own);
  } finally {
    own.dispose();
  }
}
