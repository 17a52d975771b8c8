/** @file The worker of one experiment. Models keep their tensors on tfjs's plain backend; our own wasm backend computes. */
import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import type { FromExperiment, ToExperiment } from './messages.js';
import { runExperiment } from './runExperiment.js';

// tfjs writes a banner and notices to the console otherwise; no number depends on it
enableProdMode();

const post = (message: FromExperiment) => postMessage(message);

addEventListener('message', async ({ data }: MessageEvent<ToExperiment>) => {
  try {
    await setBackend('cpu');
    await runExperiment(data.plan, post);
    post({ kind: 'done' });
  } catch (cause) {
    post({ kind: 'failed', text: cause instanceof Error ? cause.message : String(cause) });
  }
});
