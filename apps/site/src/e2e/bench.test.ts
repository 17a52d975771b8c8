import { readFile } from 'node:fs/promises';
import { readBenchReport, renderers } from '@polyneuron/bench';
import { hasBrowser } from '@polyneuron/browser-tests';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './axe.js';
import { type OpenSite, openSite } from './openSite.js';

const start = (page: Page) => page.getByRole('button', { name: 'Start the benchmark' });
const cancel = (page: Page) => page.getByRole('button', { name: 'Cancel' });
const tables = (page: Page) => page.locator('#bench .bench-case');
const rowOf = (page: Page, contender: string) =>
  tables(page).first().getByRole('row').filter({ hasText: contender });

/** No run of these tests takes so long, on however busy a machine. */
const runLimitMs = 100_000;

async function openBench(site: OpenSite) {
  const opened = await site.openPage('/bench/');
  opened.page.setDefaultTimeout(runLimitMs);
  // The script has taken over once Start can be pressed
  await start(opened.page).and(opened.page.locator(':enabled')).waitFor();
  return opened;
}

async function runToEnd(page: Page): Promise<void> {
  await start(page).click();
  await page.locator('.bench-progress').waitFor();
  await page.locator('.bench-progress').waitFor({ state: 'detached' });
}

/** The browser takes a moment to end a worker that computes. */
async function workersEnd(page: Page): Promise<void> {
  await expect.poll(() => page.workers().length, { timeout: runLimitMs }).toBe(0);
}

/** Resolves once nothing scrolls sideways any more: charts follow the width of the page. */
async function fitsInto320(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.waitForFunction(
    () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
  );
}

/** Text of a downloaded report. */
async function download(page: Page): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download this run' }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

describe.skipIf(!hasBrowser('the benchmark page'))('the benchmark page', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it('starts on a click only, and offers threads where it is isolated', async () => {
    const { page, faults, close } = await openBench(site);
    expect(await page.locator('.bench-progress, .bench-case').count()).toBe(0);
    expect(page.workers()).toEqual([]);
    expect(await page.getByLabel(/threads for WebAssembly/).textContent()).toContain('1');
    expect(await page.locator('main').textContent()).toContain('so threads are on');
    expect(faults).toEqual([]);
    await close();
  });

  it('checks every contender before it times it, and refuses the one that is wrong', async () => {
    const { page, faults, close } = await openBench(site);
    await page.getByLabel(/^Polyneuron, WebGL/).check();
    await page.getByLabel(/^Stock TensorFlow.js, WebGL/).check();
    await page.getByLabel(/^Training steps/).uncheck();
    await page.getByLabel(/computes something wrong/).check();
    await runToEnd(page);

    const report = readBenchReport(await download(page));
    const names = report.results.map(({ contender, threads }) => `${contender} ${Math.min(threads, 2)}`);
    expect(new Set(names)).toEqual(
      new Set([
        'polyneuron-wasm 1',
        'polyneuron-wasm 2',
        'polyneuron-webgl 1',
        expect.stringMatching(/^tfjs-wasm/),
        'tfjs-webgl 1',
      ]),
    );
    for (const { maxError, tolerance } of report.results) expect(maxError).toBeLessThanOrEqual(tolerance);
    expect(report.results.find(({ contender }) => contender === 'tfjs-webgl')?.device).toContain('WebGL');
    expect(report.errors).toMatchObject([{ contender: 'deliberately wrong', case: 'gemm-256-nn' }]);
    expect(report.noise).toMatchObject([{ case: 'gemm-256-nn', contender: 'tfjs-wasm' }]);
    expect(report.environment.browser).toMatchObject({
      isCrossOriginIsolated: true,
      gpu: { isSoftware: true, hasFloatTargets: true },
    });
    expect(report.run).toMatchObject({ isComplete: true, cases: ['gemm-256-nn'] });
    // The ceilings of the graphics device, and its results under them
    for (const figure of ['gflops', 'copyGBs', 'launchMs'] as const)
      expect(report.peak?.graphics?.[figure]).toBeGreaterThan(0);
    expect(await page.getByRole('img', { name: /^Roofline/ }).textContent()).toContain('WebGL');
    await page.getByText('The same as a table').first().click();
    for (const share of await page.locator('.bench-chart tbody tr td:last-child').allTextContents())
      expect(share).toMatch(/%$/);

    // The code that ran is one click away
    const [source] = await Promise.all([
      page.waitForEvent('popup'),
      rowOf(page, 'Stock TensorFlow.js, WebGL').getByRole('link', { name: 'Source' }).click(),
    ]);
    await source.getByRole('heading', { name: 'What stock TensorFlow.js runs' }).waitFor();
    expect(await source.locator('main').textContent()).toContain('export function tfjsContender');
    await source.close();

    // Parity beside every figure: the error and its limit
    for (const cell of await tables(page).locator('tbody tr td:last-child').allTextContents())
      expect(cell).toMatch(/^[\d.]+e?[-+\d]*\s*at most [\d.]+e-\d+$/);
    expect(await rowOf(page, 'deliberately wrong').textContent()).toMatch(
      /Wrong, not timed:\s*the result is off by/,
    );
    expect(await tables(page).textContent()).toContain('against itself');
    expect(faults).toEqual([]);
    expect(await findViolations(page)).toEqual([]);
    await close();
  });

  it('shows the JSON of a run beside this one, and says what is wrong with one that is none', async () => {
    const { page, close } = await openBench(site);
    await page.getByLabel(/^Training steps/).uncheck();
    await page.getByLabel(/^Stock TensorFlow.js, WebAssembly/).uncheck();
    await page.getByLabel(/^Matrix products by size/).check();
    await runToEnd(page);
    const text = await download(page);
    expect(renderers.json(readBenchReport(text))).toBe(text);

    const choose = (name: string, content: string) =>
      page
        .getByLabel(/Show another run/)
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    await choose('other.json', text);
    const imported = page.locator('.imported');
    expect(await imported.locator('h2').textContent()).toBe('From the file other.json');
    expect(await imported.locator('.bench-case').count()).toBe(4);
    expect(await page.getByRole('img', { name: /^Time against size/ }).count()).toBe(1);
    await fitsInto320(page);
    await choose('wrong.json', '{"version": 1}');
    expect(await page.getByRole('alert').textContent()).toContain(
      'readBenchReport expected every field of a report',
    );
    expect(await imported.count()).toBe(0);
    await close();
  });

  it('keeps the cases that are over when it is cancelled, and can start again', async () => {
    const { page, close } = await openBench(site);
    await start(page).click();
    await tables(page).first().waitFor();
    await cancel(page).click();
    expect(await page.locator('.bench-banner').textContent()).toContain('Stopped');
    expect(await tables(page).count()).toBeGreaterThan(0);
    expect(await tables(page).count()).toBeLessThan(3);
    expect(readBenchReport(await download(page)).run?.isComplete).toBe(false);
    await workersEnd(page);
    await start(page).click();
    await page.locator('.bench-progress').waitFor();
    await close();
  });

  it('is void once the tab is hidden', async () => {
    const { page, close } = await openBench(site);
    await start(page).click();
    await tables(page).first().waitFor();
    // A headless browser hides no tab: the page is told so
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(await page.locator('.bench-banner').textContent()).toMatch(/^Void: the page was hidden/);
    expect(readBenchReport(await download(page)).run?.voidedBy).toContain('hidden');
    await workersEnd(page);
    await close();
  });

  it('says that threads are off where the page is not isolated', async () => {
    const plain = await openSite({ isIsolated: false });
    const { page, faults, close } = await openBench(plain);
    expect(await page.locator('main').textContent()).toContain('threads off');

    // By a click they come, after one reload; by another they go
    const loads: string[] = [];
    page.on('load', () => loads.push('load'));
    await page.getByRole('button', { name: 'Enable threads, reloads once' }).click();
    await page.getByText('so threads are on').waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.getByLabel(/^Training steps/).uncheck();
    await runToEnd(page);
    const report = readBenchReport(await download(page));
    expect(report.errors).toEqual([]);
    expect(new Set(report.results.map(({ threads }) => Math.min(2, threads)))).toEqual(new Set([1, 2]));
    expect(faults).toEqual([]);
    await page.getByRole('button', { name: 'Switch threads off' }).click();
    await page.getByRole('button', { name: 'Enable threads, reloads once' }).waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(loads).toHaveLength(2);
    await close();
    await plain.close();
  });
});
