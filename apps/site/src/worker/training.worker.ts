/** @file The training worker: a session between the page's port and the backends of this browser. */
import { backendTable } from '../engine/backends/backendTable.js';
import { Session } from '../engine/session/session.js';
import { createPauses } from './pauses.js';

/** The part of a dedicated worker's scope that is used; the library of workers and that of pages exclude each other. */
interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const session = new Session({
  post: (message, transfer) => scope.postMessage(message, transfer),
  pause: createPauses(),
  now: () => performance.now(),
  backends: backendTable,
});

scope.onmessage = ({ data }) => {
  void session.receive(data);
};
