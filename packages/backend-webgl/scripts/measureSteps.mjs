/**
 * @file Training steps of stock tfjs-webgl and of this backend on one GPU, in Chromium, interleaved:
 * `npm run build && node packages/backend-webgl/scripts/measureSteps.mjs [rounds]`. The GPU is the processor, so run
 * nothing else meanwhile.
 */
import { fileURLToPath } from 'node:url';
import { openPage } from '@polyneuron/browser-tests';

const rounds = Number(process.argv[2] ?? 7);
const steps = { 'mnist-mlp': 128, 'quad-autoencoder': 128, cross: 128 };
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

for (const [name, perEpoch] of Object.entries(steps)) {
  const page = await openPage(fileURLToPath(new URL('../src/testing/page.ts', import.meta.url)));
  try {
    await page.call('openRace', name, perEpoch);
    const times = { stock: [], ours: [] };
    for (let round = 0; round < rounds; round++)
      for (const contender of ['stock', 'ours'])
        times[contender].push(await page.call('timeStep', contender, 2));
    const ratios = times.stock.map((stock, at) => stock / times.ours[at]);
    const passes = await page.call('countPasses', name);
    console.log(
      `${name}: stock ${median(times.stock).toFixed(2)} ms, ours ${median(times.ours).toFixed(2)} ms, ` +
        `ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}); ` +
        `passes ${passes.stock.toFixed(1)} and ${passes.ours}, 1 : ${(passes.stock / passes.ours).toFixed(1)}`,
    );
  } finally {
    await page.close();
  }
}
