import type { FromWorker, ToWorker } from '../protocol/messages.js';
import { readFromWorker } from '../protocol/readFromWorker.js';

/** What the session needs of a worker. */
export interface WorkerPort {
  send(message: ToWorker, transfer?: readonly ArrayBuffer[]): void;
  terminate(): void;
}

export interface WorkerEvents {
  readonly onMessage: (message: FromWorker) => void;
  /** The worker's script could not be loaded, or threw outside any message. */
  readonly onCrash: (text: string) => void;
}

/** What a session needs of the page around it. */
export interface Surroundings {
  startWorker(events: WorkerEvents): WorkerPort;
  /** Milliseconds that never go back. */
  now(): number;
  /** Calls back before the next paint. */
  requestFrame(callback: () => void): void;
  /** Calls back after that many milliseconds; returns what cancels it. */
  later(milliseconds: number, callback: () => void): () => void;
  isHidden(): boolean;
  /** Calls back when the page is hidden or shown again; returns what ends that. */
  onVisibilityChange(callback: () => void): () => void;
}

/** The page in a browser. */
export function browserSurroundings(): Surroundings {
  return {
    startWorker({ onMessage, onCrash }) {
      const worker = new Worker(new URL('../worker/training.worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }) => {
        const { message, fault } = readFromWorker(data);
        onMessage(message ?? { kind: 'error', run: 0, code: 'protocol', text: fault, isRecoverable: true });
      };
      worker.onerror = (event) => {
        event.preventDefault();
        onCrash(event.message || 'its script could not be loaded');
      };
      return {
        send: (message, transfer = []) => worker.postMessage(message, [...transfer]),
        terminate: () => worker.terminate(),
      };
    },
    now: () => performance.now(),
    requestFrame: (callback) => requestAnimationFrame(callback),
    later(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    isHidden: () => document.hidden,
    onVisibilityChange(callback) {
      document.addEventListener('visibilitychange', callback);
      return () => document.removeEventListener('visibilitychange', callback);
    },
  };
}
