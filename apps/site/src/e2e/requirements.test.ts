/** @file Requirements of the site's brief that concern it as a whole; those of one page are tested beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { hasBrowser } from '@polyneuron/browser-tests';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendKey } from '../protocol/messages.js';
import { defaultSettings } from '../state/settings.js';
import { longTasks } from './longTasks.js';
import { type OpenSite, openSite } from './openSite.js';
import { waitForStep } from './siteReads.js';
import { repeatInWorker } from './trainingWorker.js';

const assets = fileURLToPath(new URL('../../dist/assets/', import.meta.url));
const backends: readonly BackendKey[] = ['wasm', 'threads', 'webgl', 'javascript'];
const kilobytes = (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).length / 1000;

describe('requirement 10: bytes over the wire', () => {
  it.each(readdirSync(assets).filter((name) => name.endsWith('.worker.js') || /\.worker-/.test(name)))(
    'worker script %s is at most 350 kB',
    (name) => {
      expect(kilobytes(readFileSync(assets + name))).toBeLessThanOrEqual(350);
    },
  );

  it.each(readdirSync(assets).filter((name) => name.endsWith('.wasm')))('%s is at most 150 kB', (name) => {
    expect(kilobytes(readFileSync(assets + name))).toBeLessThanOrEqual(150);
  });
});

describe.skipIf(!hasBrowser('requirements of the whole site'))('in the browser', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it.each(['/', '/play/', '/layers/', '/layers/quadratic-form/', '/experiments/', '/bench/', '/about/'])(
    'requirement 10: the page script of %s is at most 90 kB compressed, and no rival is loaded before it is chosen',
    async (path) => {
      const { page, close } = await site.openPage(path);
      await page.waitForLoadState('networkidle');
      const loaded = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
      );
      const scripts = loaded.filter((name) => name.endsWith('.js') && !name.includes('.worker-'));
      const total = scripts.reduce(
        (sum, name) => sum + kilobytes(readFileSync(assets + name.split('/').at(-1))),
        0,
      );
      expect(total).toBeGreaterThan(0);
      expect(total).toBeLessThanOrEqual(90);
      expect(loaded.filter((name) => name.endsWith('.wasm'))).toEqual([]);
      await close();
    },
  );

  it('requirement 9: the largest paint of the home page is text or a still, and nothing shifts', async () => {
    const { page, close } = await site.openPage('/', { viewport: { width: 360, height: 740 } });
    await waitForStep(page, /^[1-9]/);
    const { element, shift } = await page.evaluate(
      () =>
        new Promise<{ element: string; shift: number }>((resolve) => {
          new PerformanceObserver((list) => {
            const largest = list.getEntries().at(-1) as PerformanceEntry & { element?: Element };
            new PerformanceObserver((shifts) => {
              const all = shifts.getEntries() as (PerformanceEntry & {
                value: number;
                hadRecentInput: boolean;
              })[];
              resolve({
                element: largest.element?.tagName ?? '',
                shift: all.reduce((sum, one) => sum + one.value, 0),
              });
            }).observe({ type: 'layout-shift', buffered: true });
            // Without any shift the observer above never speaks
            requestAnimationFrame(() =>
              requestAnimationFrame(() => resolve({ element: largest.element?.tagName ?? '', shift: 0 })),
            );
          }).observe({ type: 'largest-contentful-paint', buffered: true });
        }),
    );
    expect(element).not.toBe('CANVAS');
    expect(shift).toBeLessThanOrEqual(0.02);
    await close();
  });

  it('requirement 12: no task of the page computes for over 50 ms after the first 3 s of training at full speed', async () => {
    const { page, close } = await site.openPage('/play/#v=1&t=100000');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const long = await longTasks(page, { after: 3000, during: 5000 });
    expect(long).toEqual([]);
    await close();
  });

  it('requirement 12: the page holds no more after 10,000 steps than after 100', async () => {
    const { page, close } = await site.openPage('/play/#v=1&t=20000');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await waitForStepOver(page, 2000);
    const early = await heapBytes(page);
    await waitForStepOver(page, 20000);
    expect((await heapBytes(page)) - early).toBeLessThan(5e6);
    await close();
  });

  it.each(backends)(
    'requirement 13 on %s: one quadratic neuron reaches 99 percent within 100 steps on each of 20 seeds',
    async (backend) => {
      const { page, close } = await site.openPage('/about/');
      const settings = { ...defaultSettings, target: 99, stop: 100 };
      const seeds = Array.from({ length: 20 }, (_, seed) => seed + 1);
      const results = await repeatInWorker(page, { backend, settings, seeds });
      expect(results.map(({ seed }) => seed)).toEqual(seeds);
      for (const { scores } of results) expect(scores[0].stepsToTarget).toBeLessThanOrEqual(100);
      await close();
    },
  );

  it('requirement 14: one link gives one loss at step 300: the same bits twice, within 1e-3 on other backends', async () => {
    const lossOn = async (backend: BackendKey) => {
      const { page, close } = await site.openPage('/about/');
      const [{ scores }] = await repeatInWorker(page, { backend, settings: defaultSettings, seeds: [1] });
      await close();
      return scores[0].trainLoss;
    };
    const loss = await lossOn('wasm');
    expect(await lossOn('wasm')).toBe(loss);
    for (const backend of backends) expect(Math.abs((await lossOn(backend)) / loss - 1)).toBeLessThan(1e-3);
  });
});

async function waitForStepOver(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    (least) => Number((document.querySelector('.step-count')?.textContent ?? '').replace(/\D/g, '')) >= least,
    step,
  );
}

/** Of the page's own heap, after a collection. */
async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  await session.detach();
  return usedSize;
}
