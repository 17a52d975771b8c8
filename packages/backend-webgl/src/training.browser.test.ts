/** @file Whole training steps on WebGL in Chromium: optimizers, blocks, passes against stock tfjs, loss of the context. */
import { fileURLToPath } from 'node:url';
import { hasBrowser, openPage, type TestPage } from '@polyneuron/browser-tests';
import { type OptimizerName, optimizers } from '@polyneuron/kernels';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Findings } from './testing/backends.js';
import { type countPasses, raceNames } from './testing/trainingRace.js';

const names = Object.keys(optimizers) as OptimizerName[];

describe.skipIf(!hasBrowser('training on WebGL'))('training on webgl in Chromium', () => {
  let page: TestPage;
  beforeAll(async () => {
    page = await openPage(fileURLToPath(new URL('./testing/page.ts', import.meta.url)));
  });
  afterAll(() => page?.close());

  it('computes contractions by blocks, and their epilogues and updates', async () => {
    expect(await page.call<Findings>('blockConformance')).toEqual({ passed: 110, failures: [] });
  });

  it('computes what is made of reductions with them, or after them', async () => {
    expect(await page.call<Findings>('foldConformance')).toEqual({ passed: 8, failures: [] });
  });

  it.each(names)('%s moves parameters of many sizes and trains a network', async (name) => {
    const { passed, failures } = await page.call<Findings>('optimizerConformance', name);
    expect(failures).toEqual([]);
    // Two dialects, and a network
    expect(passed).toBeGreaterThanOrEqual(3);
  });

  it('clips gradients by value, by norm and by global norm', async () => {
    expect(await page.call<Findings>('clippingConformance')).toEqual({ passed: 3, failures: [] });
  });

  it.each(raceNames)('draws at most a quarter of the passes of stock tfjs per step of %s', async (name) => {
    const { stock, ours } = await page.call<Awaited<ReturnType<typeof countPasses>>>('countPasses', name);
    console.log(`${name}: ${ours} shader passes per step, stock tfjs-webgl ${stock}`);
    expect(ours).toBeGreaterThan(0);
    expect(4 * ours).toBeLessThanOrEqual(stock);
  });

  it('ends fit with an error and the last good weights when the context is lost, and trains on afterwards', async () => {
    expect(await page.call('fitThroughLoss')).toBe('ContextLostError');
  });

  it('trains in a Web Worker', async () => {
    expect(await page.call('inWorker', 'trainingConformance', 'webgl')).toEqual({ passed: 1, failures: [] });
  });

  it('survives the loss of the context in a Web Worker', async () => {
    expect(await page.call('inWorker', 'loseContext')).toMatchObject({
      isLost: true,
      isLostAfterwards: false,
    });
    expect(await page.call('inWorker', 'fitThroughLoss')).toBe('ContextLostError');
  });
});
