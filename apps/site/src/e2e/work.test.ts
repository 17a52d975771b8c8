/**
 * @file Requirements of the site's brief on time, as work: bytes, round trips and processor time.
 *
 * Chromium's throttling of the processor is no help: its slow-down is a loop of the page's own thread that lasts for a
 * share of the clock's time, so that a busy machine shows in it (loops of 170 ms became 390 to 8,000 ms of processor
 * time at a rate of 4). A processor four times slower takes four times the processor time: so it is counted here.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { hasBrowser } from '@polyneuron/browser-tests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interactionWork } from './interactions.js';
import { type OpenSite, openSite } from './openSite.js';
import { waitForStep } from './siteReads.js';
import { processorMs, type Task, type Trace, traceWhile } from './trace.js';

const dist = process.env.SITE_OUT
  ? resolve(process.env.SITE_OUT)
  : fileURLToPath(new URL('../../dist', import.meta.url));

/** Slow 4G as Lighthouse has it, https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md. */
const roundTripMs = 150;
const bytesPerMs = (1.6 * 1024) / 8;
/** Of the phone of requirement 9 and of requirement 11's slow case. */
const slowdown = 4;
/** TCP and TLS 1.2 before the first request, then the page, then what it names: styles, scripts, stills. */
const roundTrips = 3 + 2;

/**
 * Requirement 11 has 2 s to the start and 5 s to the result. The steps are paced over 4 s of the latter, which holds
 * while page and worker compute for less than that. A laptop of 2020 may take twice the time of the machine that runs
 * this.
 */
const startWorkMs = 1000;
const resultWorkMs = 2000;

describe.skipIf(!hasBrowser('requirements on time'))('work', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it('requirement 9: on slow 4G and a slow phone the largest paint of the home page is there after 2.5 s of bytes, round trips and work', async () => {
    const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true };
    const { page, close } = await site.openPage('/favicon.svg', phone);
    const trace = await traceWhile(page, async () => {
      await page.goto('/');
      await waitForStep(page, /^[1-9]/);
    });
    const [paint] = trace.events('largestContentfulPaint::Candidate').slice(-1);
    const { nodeName, type } = (paint.args as { data: { nodeName: string; type: string } }).data;
    expect(nodeName).not.toBe('CANVAS');
    expect(['text', 'image']).toContain(type);

    const navigation = navigationOf(trace, site.origin);
    const main = trace.tasks('CrRendererMain');
    const bytes = pageBytes();
    const work = slowdown * processorMs(main, navigation, paint.at);
    const estimate = roundTrips * roundTripMs + bytes / bytesPerMs + work;
    const blocked = blockingMs(main.filter(({ start }) => start > paint.at));
    console.log(
      `largest paint: ${type} ${nodeName}; ${bytes} bytes, ${round(work)} ms of work: ${round(estimate)} ms; blocked ${round(blocked)} ms`,
    );
    expect(estimate).toBeLessThanOrEqual(2500);
    expect(blocked).toBeLessThanOrEqual(150);
    await close();
  });

  it('requirement 11: the first step comes after a second of work at most, and the pace to the result leaves page and worker half of their time', async () => {
    const { page, close } = await site.openPage('/favicon.svg');
    await page.addInitScript(() => {
      const watcher = new MutationObserver(() => {
        if (!/^[1-9]/.test(document.querySelector('.step-count')?.textContent ?? '')) return;
        performance.mark('first steps shown');
        watcher.disconnect();
      });
      watcher.observe(document, { subtree: true, childList: true, characterData: true });
    });
    const trace = await traceWhile(page, async () => {
      await page.goto('/');
      await page.getByRole('button', { name: 'Run again' }).waitFor();
    });
    const navigation = navigationOf(trace, site.origin);
    const [{ at: first }] = trace.events('first steps shown');
    // Page and worker wait for each other at the start, and share the time after it
    const [main, worker] = [trace.tasks('CrRendererMain'), trace.tasks('DedicatedWorker thread')];
    const start = processorMs(main, navigation, first) + processorMs(worker, navigation, first);
    const rest = Math.max(processorMs(main, first), processorMs(worker, first));
    console.log(`start: ${round(start)} ms of work; to the result: ${round(rest)} ms`);
    expect(start).toBeLessThanOrEqual(startWorkMs);
    expect(rest).toBeLessThanOrEqual(resultWorkMs);
    await close();
  });

  it('requirement 11: between an interaction and the next paint are 50 ms of work at most, while networks train at full speed', async () => {
    // Large enough to train for longer than the test
    const { page, close } = await site.openPage('/play/#v=1&a=q16t.q16t.q16t.q16t&r=0.001&k=256&t=100000');
    await page.getByRole('button', { name: 'Step', exact: true }).and(page.locator(':enabled')).waitFor();
    expectQuick(
      await interactionWork(page, {
        Step: () => page.getByRole('button', { name: 'Step', exact: true }).click(),
        Run: () => page.getByRole('button', { name: 'Run', exact: true }).click(),
        'a click on the surface': () => page.locator('.is-ours .surface-stack').click(),
        'the probe by keyboard': () => page.keyboard.press('ArrowRight'),
        'the learning rate': () => page.getByLabel('Learning rate').press('ArrowUp'),
        'another tab': () => page.getByRole('tab', { name: 'Residuals' }).click(),
        'the tab of units': () => page.getByRole('tab', { name: 'Units' }).click(),
        'the number of samples': () => page.getByLabel('Samples').press('ArrowUp'),
        'another data set': () => page.getByLabel('Data set').press('ArrowDown'),
        'a new seed': () => page.getByRole('button', { name: 'New seed' }).click(),
        // Run where a machine with much else to do took the worker for hung and started it afresh
        Pause: () => page.locator('.bar-actions .primary').click(),
        Share: () => page.getByRole('button', { name: 'Share' }).click(),
      }),
    );
    await close();
  });

  it('requirement 11: so it is for the sliders of a layer page', async () => {
    const { page, close } = await site.openPage('/layers/quadratic-form/');
    const slider = page.getByRole('slider').first();
    await slider.waitFor();
    expectQuick(await interactionWork(page, { 'a coefficient': () => slider.press('ArrowRight') }));
    await close();
  });
});

/** 100 ms as on this machine, 200 ms where everything takes four times as long: the latter is less. */
function expectQuick(works: Readonly<Record<string, number>>): void {
  for (const [name, work] of Object.entries(works)) {
    console.log(`${name}: ${round(work)} ms of work until the next paint`);
    expect(work, name).toBeLessThanOrEqual(200 / slowdown);
  }
}

/** When the navigation to the home page began, on the trace's clock. */
function navigationOf(trace: Trace, origin: string): number {
  const starts = trace.events('navigationStart');
  const ours = starts.filter(
    ({ args }) =>
      (args as { data?: { documentLoaderURL?: string } }).data?.documentLoaderURL === `${origin}/`,
  );
  if (ours.length === 0) throw new Error(`expected a navigation to ${origin}/ in the trace, got none`);
  return ours[0].at;
}

/** Compressed bytes of the home page and of all files that its HTML names: they share the line with its largest paint. */
function pageBytes(): number {
  const html = readFileSync(`${dist}/index.html`, 'utf8');
  const named = [...html.matchAll(/(?:href|src)="(\/[^"]+\.\w+)"/g)].map(([, path]) => path);
  const files = [...new Set(['/index.html', ...named])];
  return files.reduce((sum, path) => sum + gzipSync(readFileSync(dist + path), { level: 9 }).length, 0);
}

/** What tasks take over 50 ms each on the slow processor, together. */
function blockingMs(tasks: readonly Task[]): number {
  return tasks.reduce((sum, task) => sum + Math.max(0, slowdown * task.processorMs - 50), 0);
}

const round = (milliseconds: number) => Math.round(10 * milliseconds) / 10;
