import type { BackendKey, FromWorker } from '../../protocol/messages.js';
import type { BackendChoice } from '../backends/backendTable.js';

/** What a session needs of the place it runs in: a port, a clock, waits that let messages in. */
export interface SessionHost {
  post(message: FromWorker, transfer: readonly ArrayBuffer[]): void;
  /** Goes on after `ms` at the earliest, with waiting messages delivered. */
  pause(ms: number): Promise<void>;
  now(): number;
  /** In the order in which 'auto' tries them. */
  readonly backends: { readonly [K in BackendKey]: BackendChoice };
}
