/** @file The benchmark's worker: one run, then it has done its work. */
import { enableProdMode } from '@tensorflow/tfjs-core';
import type { FromBench, ToBench } from './messages.js';
import { runPlan } from './runPlan.js';

// tfjs writes a banner and notices to the console otherwise; no number depends on it
enableProdMode();

const post = (message: FromBench) => postMessage(message);

addEventListener('message', async ({ data }: MessageEvent<ToBench>) => {
  try {
    const report = await runPlan(data.plan, {
      onProgress: (event) => post({ kind: 'progress', event }),
      onPartial: (report) => post({ kind: 'partial', report }),
    });
    post({ kind: 'done', report });
  } catch (cause) {
    post({ kind: 'failed', text: cause instanceof Error ? cause.message : String(cause) });
  }
});
