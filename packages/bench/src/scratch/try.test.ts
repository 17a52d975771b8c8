import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { it } from 'vitest';
import { createTfjsBackend } from '@polyneuron/backend-tfjs';
import { setBackend } from '@tensorflow/tfjs-core';
import { renderers, runBench } from '../index.js';
it('x', async () => {
  const t0 = performance.now();
  const report = await runBench({ suite: (process.env.SUITE ?? 'steps') as never, ...(process.env.CASES && { cases: process.env.CASES.split(',') }), budgetMs: Number(process.env.BUDGET ?? 1500), rounds: 8,
    backends: [{ name: 'tfjs', open: async () => { await setBackend('wasm'); return createTfjsBackend({ tfjsBackend: 'wasm' }); } }, { name: 'webgl', open: async () => { throw new Error('no GL here'); } }],
    onProgress: (e) => { if (e.phase !== 'rounds') console.log(((performance.now() - t0) / 1000).toFixed(1), JSON.stringify(e)); } });
  console.log(renderers.text(report)); console.log(renderers.markdown(report));
}, 600000);
