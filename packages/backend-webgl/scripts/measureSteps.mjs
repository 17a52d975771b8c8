/**
 * @file Training steps of stock tfjs-webgl and of this backend on one GPU, in Chromium, interleaved:
 * `npm run build && node packages/backend-webgl/scripts/measureSteps.mjs [rounds]`. The GPU is the processor, so run
 * nothing else meanwhile; where that cannot be had, on Linux, the processor time of the GPU process says more.
 */
import { fileURLToPath } from 'node:url';
import { openPage } from '@polyneuron/browser-tests';
import { findGpuProcess, processorTimeMs } from './processorTime.mjs';

const rounds = Number(process.argv[2] ?? 5);
const stepsPerEpoch = { 'mnist-mlp': 96, 'quad-autoencoder': 96, cross: 128 };
const contenders = ['stock', 'ours'];
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

for (const [name, steps] of Object.entries(stepsPerEpoch)) {
  const page = await openPage(fileURLToPath(new URL('../src/testing/page.ts', import.meta.url)));
  try {
    const gpu = findGpuProcess();
    const take = async (contender, epochs) => {
      const before = gpu ? processorTimeMs(gpu) : Number.NaN;
      const time = await page.call('timeEpochs', contender, epochs);
      return { time, processor: gpu ? processorTimeMs(gpu) - before : Number.NaN };
    };
    // What a call of fit and its first epoch cost by themselves is left out
    const measure = async (contender) => {
      const [one, two] = [await take(contender, 1), await take(contender, 2)];
      return { time: (two.time - one.time) / steps, processor: (two.processor - one.processor) / steps };
    };
    await page.call('openRace', name, steps);
    const taken = { stock: [], ours: [] };
    for (let round = 0; round < rounds; round++)
      for (const contender of contenders) taken[contender].push(await measure(contender));
    const passes = await page.call('countPasses', name);
    const summary = (what) => {
      const [stock, ours] = contenders.map((contender) => taken[contender].map((one) => one[what]));
      const ratios = stock.map((one, at) => one / ours[at]);
      const [middle, least, most] = [median(ratios), Math.min(...ratios), Math.max(...ratios)];
      return `stock ${median(stock).toFixed(2)} ms, ours ${median(ours).toFixed(2)} ms, ratio ${middle.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
    };
    console.log(`${name}\n  time            ${summary('time')}\n  processor time  ${summary('processor')}`);
    console.log(
      `  passes          stock ${passes.stock}, ours ${passes.ours}, ratio ${(passes.stock / passes.ours).toFixed(1)}`,
    );
  } finally {
    await page.close();
  }
}
