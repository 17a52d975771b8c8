import type { BenchSurroundings, BenchWorker } from './benchSession.js';
import type { FromBench, ToBench } from './messages.js';

/** A worker that has not stopped by then is ended in the middle of whatever it does. */
const graceMs = 5000;

/** The page in a browser. */
export function browserSurroundings(): BenchSurroundings {
  return {
    startWorker(onMessage, onCrash) {
      const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }) => onMessage(data as FromBench);
      worker.onerror = (event) => {
        event.preventDefault();
        onCrash(event.message || 'its script could not be loaded');
      };
      return { run: (plan) => tell(worker, { kind: 'run', plan }), end: () => endGently(worker) };
    },
    onLoss(callback) {
      const onVisibility = () => {
        if (document.visibilityState === 'hidden') callback('hidden');
      };
      const onBlur = () => callback('blurred');
      document.addEventListener('visibilitychange', onVisibility);
      addEventListener('blur', onBlur);
      return () => {
        document.removeEventListener('visibilitychange', onVisibility);
        removeEventListener('blur', onBlur);
      };
    },
  };
}

/**
 * Lets the worker finish the timing in progress. A worker terminated just as it starts or ends threads of its own can
 * stay, with them, for as long as the page lives (Chromium 150: 3 of 60 runs terminated at random moments).
 */
function endGently(worker: Worker): ReturnType<BenchWorker['end']> {
  const terminate = () => {
    clearTimeout(timer);
    worker.terminate();
  };
  const timer = setTimeout(terminate, graceMs);
  worker.onerror = (event) => {
    event.preventDefault();
    terminate();
  };
  worker.onmessage = ({ data }) => {
    if ((data as FromBench).kind === 'stopped') terminate();
  };
  tell(worker, { kind: 'stop' });
}

function tell(worker: Worker, message: ToBench): void {
  worker.postMessage(message);
}
