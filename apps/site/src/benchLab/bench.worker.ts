/** @file The benchmark's worker: one run, then it has done its work. */
import { enableProdMode } from '@tensorflow/tfjs-core';
import type { FromBench, ToBench } from './messages.js';
import type { BenchPlan } from './plan.js';
import { runPlan } from './runPlan.js';

// tfjs writes a banner and notices to the console otherwise; no number depends on it
enableProdMode();

const post = (message: FromBench) => postMessage(message);
const stopping = new AbortController();
let running = Promise.resolve();

type Handlers = { readonly [K in ToBench['kind']]: (message: Extract<ToBench, { kind: K }>) => void };
const handlers: Handlers = {
  run({ plan }) {
    running = run(plan);
  },
  stop() {
    stopping.abort();
    void running.then(() => post({ kind: 'stopped' }));
  },
};

addEventListener('message', ({ data }: MessageEvent<ToBench>) => {
  (handlers[data.kind] as (message: ToBench) => void)(data);
});

async function run(plan: BenchPlan): Promise<void> {
  try {
    const report = await runPlan(plan, {
      onProgress: (event) => post({ kind: 'progress', event }),
      onPartial: (report) => post({ kind: 'partial', report }),
      signal: stopping.signal,
    });
    post({ kind: 'done', report });
  } catch (cause) {
    post({ kind: 'failed', text: cause instanceof Error ? cause.message : String(cause) });
  }
}
