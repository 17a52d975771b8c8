import { workerSource } from './workerSource.js';

export interface Reply {
  readonly job: number;
  /** Of an error. */
  readonly message?: string;
  readonly isTrap?: boolean;
}

/** What the pool needs of a worker, whatever the platform. */
export interface WorkerHandle {
  post(message: unknown): void;
  /** Whether the process should wait for this worker. */
  hold(isHeld: boolean): void;
  terminate(): void;
}

export interface WorkerEvents {
  readonly onReply: (reply: Reply) => void;
  /** The worker is gone, or cannot start. */
  readonly onLost: (reason: string) => void;
}

const isNode = typeof process !== 'undefined' && process.versions?.node !== undefined;

/** `scriptUrl` is where browsers find the worker's script; a blob where it is left out. */
export async function startWorker(events: WorkerEvents, scriptUrl?: string | URL): Promise<WorkerHandle> {
  return isNode ? startNodeWorker(events) : startWebWorker(events, scriptUrl);
}

/** Why threads cannot be had here, or undefined. */
export function threadsMissing(): { readonly reason: string; readonly remedy: string } | undefined {
  if (typeof SharedArrayBuffer !== 'undefined') return undefined;
  return {
    reason: 'this page has no SharedArrayBuffer, which threads need',
    remedy:
      "serve the page with 'Cross-Origin-Opener-Policy: same-origin' and 'Cross-Origin-Embedder-Policy: require-corp', or use one thread",
  };
}

async function startNodeWorker({ onReply, onLost }: WorkerEvents): Promise<WorkerHandle> {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(workerSource, { eval: true });
  worker.unref();
  worker.on('message', onReply);
  worker.on('error', (error) => onLost(String(error)));
  worker.on('exit', (code) => onLost(`it ended with exit code ${code}`));
  return {
    post: (message) => worker.postMessage(message),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    terminate: () => {
      worker.removeAllListeners();
      void worker.terminate();
    },
  };
}

async function startWebWorker(
  { onReply, onLost }: WorkerEvents,
  scriptUrl?: string | URL,
): Promise<WorkerHandle> {
  const blobUrl = scriptUrl
    ? undefined
    : URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const worker = new Worker(scriptUrl ?? (blobUrl as string));
  worker.onmessage = ({ data }) => onReply(data as Reply);
  worker.onerror = ({ message }) => onLost(message || 'its script could not be loaded');
  return {
    post: (message) => worker.postMessage(message),
    hold: () => {},
    terminate: () => {
      worker.terminate();
      if (blobUrl) URL.revokeObjectURL(blobUrl);
    },
  };
}
