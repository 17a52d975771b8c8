import type { BenchSurroundings } from './benchSession.js';
import type { FromBench } from './messages.js';

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
      return { send: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
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
