import type { NumberedRequest } from '../protocol.js';
import { type FindContenders, type ServingOptions, serveContenders } from '../serveContenders.js';

/**
 * Makes this process, which `nodeTransport` started, serve contenders to the one that started it, and end with it.
 *
 * @example
 * serveParent(async (threads) => contendersFor(backendsWith(threads)));
 */
export function serveParent(find: FindContenders, options: ServingOptions = {}): void {
  const answer = serveContenders(find, options);
  process.on('message', (request) => {
    void answer(request as NumberedRequest).then((one) => process.send?.(one));
  });
  process.on('disconnect', () => process.exit());
  // Ctrl-C reaches every process of a terminal: the parent decides what ends
  process.on('SIGINT', () => {});
}
