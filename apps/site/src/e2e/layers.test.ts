/** @file The list of layers, their pages with live units, and the page about the site. */
import { hasBrowser } from '@polyneuron/browser-tests';
import { type LayerName, layers } from '@polyneuron/kernels';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labSubject } from '../layerLab/labSubjects.js';
import { layerPath } from '../pages/layers/layerPath.js';
import { loadModules, runModule } from '../pages/layers/testing/runModule.js';
import { type OpenSite, openSite } from './openSite.js';

const live = (Object.keys(layers) as LayerName[]).filter((name) => labSubject(name));
/** Those that SITE.md names. */
const shown: readonly LayerName[] = [
  'quadraticForm',
  'crossNetwork',
  'hyperDense',
  'taylor',
  'orthogonalPolynomial',
  'splineKan',
  'factorizationMachine',
  'dense',
];
const quadratic = layerPath('quadraticForm');

describe.skipIf(!hasBrowser('layer pages of the site'))('layer pages', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it('draw a unit and check its gradient as they load', async () => {
    const { page, faults, close } = await site.openPage('/layers/');
    for (const layer of shown) {
      await page.goto(layerPath(layer));
      expect([layer, await gradientState(page)]).toEqual([layer, 'passed']);
      expect(new Set(await surfacePixels(page)).size).toBeGreaterThan(20);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it('have a worker that checks every live unit in this browser, in WebAssembly and float64', async () => {
    const { page, faults, close } = await site.openPage('/layers/');
    const worker = page.waitForEvent('worker');
    await page.goto(quadratic);
    const plans = live.map((layer) => ({ layer, config: labSubject(layer)!.config }));
    const reports = await page.evaluate(checkAll, { url: (await worker).url(), plans });
    expect(reports).toEqual(live.map((layer) => `${layer}: passed, drawn by WebAssembly SIMD, 1 thread`));
    expect(faults).toEqual([]);
    await close();
  });

  it('turn the conic when a coefficient is dragged: pixels, words and number field follow', async () => {
    const { page, faults, close } = await site.openPage(quadratic);
    await gradientState(page);
    const before = await surfacePixels(page);
    expect(new Set(before).size).toBeGreaterThan(20);
    expect(await page.locator('.conic').textContent()).toMatch(/ellipse, centre .*122°/);
    const slider = page.getByRole('slider', { name: 'kernelS[1, 0], x1·x2, slider' });
    const box = (await slider.boundingBox())!;
    // From 2 to about -2, of -3 to 3
    await page.mouse.move(box.x + (box.width * 5) / 6, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 6, box.y + box.height / 2, { steps: 8 });
    await page.mouse.up();
    expect(Number(await slider.inputValue())).toBeCloseTo(-2, 0);
    await page.waitForFunction(() =>
      /turned by [3-6]\d°/.test(document.querySelector('.conic')?.textContent ?? ''),
    );
    const field = page.getByRole('spinbutton', { name: 'kernelS[1, 0], x1·x2' });
    expect(Number(await field.inputValue())).toBe(Number(await slider.inputValue()));
    expect(await surfacePixels(page)).not.toEqual(before);
    expect(await gradientState(page)).toBe('passed');
    expect(faults).toEqual([]);
    await close();
  });

  it('take numbers typed into the twin field, and keys', async () => {
    const { page, close } = await site.openPage(quadratic);
    await gradientState(page);
    const field = page.getByRole('spinbutton', { name: 'kernelS[2, 0], x2²' });
    await field.fill('3');
    const slider = page.getByRole('slider', { name: 'kernelS[2, 0], x2², slider' });
    expect(Number(await slider.inputValue())).toBe(3);
    await page.waitForFunction(() => document.querySelector('.conic')?.textContent?.includes('hyperbola'));
    await slider.focus();
    await page.keyboard.press('Home');
    expect(Number(await field.inputValue())).toBeLessThan(-2.9);
    await page.waitForFunction(() => document.querySelector('.conic')?.textContent?.includes('ellipse'));
    await close();
  });

  it('rebuild with other options, and pass on what the record refuses', async () => {
    const { page, close } = await site.openPage(quadratic);
    await gradientState(page);
    await page.getByText('more options').click();
    await page.getByLabel('form', { exact: true }).selectOption('lowRank');
    await page.getByRole('spinbutton', { name: 'kernelQ[0, 0, 1]' }).waitFor();
    expect(await page.locator('#parameter-count').textContent()).toBe('9');
    await page.getByLabel('rank', { exact: true }).fill('0');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('group', { name: 'Options' }).getByRole('alert');
    await alert.locator('pre').waitFor();
    expect(await alert.textContent()).toContain('quadraticForm expected');
    expect(await page.locator('#parameter-count').textContent()).toBe('9');
    await close();
  });

  it('draw other weights, go back to the start, and set all to 0', async () => {
    const { page, close } = await site.openPage(quadratic);
    await gradientState(page);
    const field = page.getByRole('spinbutton', { name: 'kernelL[0, 0], x1' });
    const isOther = (before: string) =>
      page.waitForFunction(
        (known) => (document.querySelector('#c3') as HTMLInputElement).value !== known,
        before,
      );
    expect(await field.inputValue()).toBe('0');
    await page.getByRole('button', { name: 'New draw' }).click();
    await isOther('0');
    const drawn = await field.inputValue();
    await page.getByRole('button', { name: "Layer's start" }).click();
    expect(await field.inputValue()).not.toBe(drawn);
    // The start 'relinear' is the linear path alone
    await page.waitForFunction(() => document.querySelector('.conic') === null);
    await page.getByRole('button', { name: 'All 0' }).click();
    expect(await field.inputValue()).toBe('0');
    expect(await gradientState(page)).toBe('passed');
    await close();
  });

  it('copy code that builds the same layer', async () => {
    const { page, close } = await site.openPage(quadratic, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await gradientState(page);
    await page.getByRole('spinbutton', { name: 'biasL[0], constant' }).fill('0.5');
    await page.getByRole('button', { name: 'Copy code' }).click();
    await page.getByText('Copied.').waitFor();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    const [[count, y]] = await runModule(code, await loadModules());
    expect(count).toBe(Number(await page.locator('#parameter-count').textContent()));
    // -3·0.5² + 2·0.5·(-0.25) - 4·0.25² + 0.5
    expect(y).toEqual([-0.75]);
    await close();
  });

  it('measure variance by depth on request', async () => {
    const { page, faults, close } = await site.openPage(layerPath('householder'));
    await page.getByRole('button', { name: 'Measure in this browser' }).click();
    await page.getByText('Measured in this browser').waitFor();
    const values = await page.locator('table.measured').first().locator('td').allInnerTexts();
    expect(values).toEqual(Array.from({ length: 8 }, () => '1'));
    expect(faults).toEqual([]);
    await close();
  });

  it('work by keyboard alone, in reading order', async () => {
    const { page, close } = await site.openPage(quadratic);
    await gradientState(page);
    await page.locator('#live').evaluate((heading) => {
      heading.setAttribute('tabindex', '-1');
      (heading as HTMLElement).focus();
    });
    const names: string[] = [];
    for (let stop = 0; stop < 24; stop++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(
          () =>
            document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
        ),
      );
    }
    const places = [
      'kernelS[0, 0], x1², slider',
      'kernelS[0, 0], x1²',
      'kernelL[1, 0], x2',
      'biasL[0], constant',
      'All 0',
    ].map((name) => names.indexOf(name));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(-1);
    await close();
  });

  it('read without script: formula, figure, tables, code', async () => {
    const { page, close } = await site.openPage(quadratic, { javaScriptEnabled: false });
    expect(await page.locator('math').count()).toBe(3);
    expect(
      await page.locator('.layer-figure img').evaluate((image) => (image as HTMLImageElement).naturalWidth),
    ).toBeGreaterThan(100);
    expect(await page.getByText('The sliders need JavaScript').isVisible()).toBe(true);
    expect(await page.getByRole('cell', { name: 'relinear', exact: false }).first().isVisible()).toBe(true);
    expect(await page.locator('#unit-code').textContent()).toContain('quadraticForm({ units: 1 })');
    expect(await page.locator('.next-step a').count()).toBe(1);
    await close();
  });

  it('say why nothing moves where the worker cannot be loaded', async () => {
    const { page, close } = await site.openPage('/layers/');
    await page.route('**/layer.worker-*.js', (route) => route.abort());
    await page.goto(quadratic);
    await page.getByText('The unit has stopped').waitFor();
    expect(await page.getByRole('slider').first().isDisabled()).toBe(true);
    await close();
  });
});

describe.skipIf(!hasBrowser('the list of layers and the page about the site'))('text pages', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it('filter the list of layers', async () => {
    const { page, close } = await site.openPage('/layers/');
    const total = await page.locator('.layer-card').count();
    await page.getByLabel('Filter').fill('rendle factor');
    expect(await page.locator('.layer-card:visible').allInnerTexts()).toEqual([
      expect.stringContaining('factorizationMachine'),
    ]);
    expect(await page.getByRole('status').textContent()).toBe(`1 of ${total} layers`);
    expect(await page.locator('.family:visible').count()).toBe(1);
    await page.getByLabel('Filter').fill('');
    expect(await page.locator('.layer-card:visible').count()).toBe(total);
    await close();
  });

  it('list what is bundled with its licence, and whether threads are on', async () => {
    const { page, close } = await site.openPage('/about/');
    for (const name of ['preact', '@preact/signals', '@polyneuron/backend-wasm', '@tensorflow/tfjs-core'])
      expect(
        await page.getByRole('row', { name: new RegExp(`^${name} .*(MIT|Apache-2.0)`) }).count(),
      ).toBeGreaterThan(0);
    await page.getByText('isolated: threads are on').waitFor();
    const texts = await page.request.get('/licences.txt');
    expect(await texts.text()).toContain('Jason Miller');
    await close();
  });
});

interface Plan {
  readonly layer: string;
  readonly config: object;
}

/** Runs in the page: every unit through the built worker, one after the other. */
async function checkAll({
  url,
  plans,
}: {
  readonly url: string;
  readonly plans: readonly Plan[];
}): Promise<string[]> {
  const worker = new Worker(url, { type: 'module' });
  const ask = (message: object) =>
    new Promise<{
      text: string;
      device: string;
      unit: { stepped: Float64Array };
      report: { passes: boolean };
    }>((resolve) => {
      worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
      worker.postMessage(message);
    });
  const lines: string[] = [];
  for (const { layer, config } of plans) {
    const { unit, device, text } = await ask({ kind: 'configure', request: 1, layer, config, seed: 1 });
    if (!unit) {
      lines.push(`${layer}: ${text}`);
      continue;
    }
    const { report } = await ask({ kind: 'check', request: 2, values: unit.stepped });
    lines.push(`${layer}: ${report.passes ? 'passed' : 'failed'}, drawn by ${device}`);
  }
  worker.terminate();
  return lines;
}

/** 'passed' or 'failed', once the unit has been drawn and checked. */
async function gradientState(page: Page): Promise<string> {
  const check = page.locator('.gradient-check:not([data-state="open"])');
  await check.waitFor();
  return (await check.getAttribute('data-state')) ?? '';
}

async function surfacePixels(page: Page): Promise<readonly number[]> {
  return page.locator('canvas.surface-grid').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const context = (canvas as HTMLCanvasElement).getContext('2d')!;
    return Array.from(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer));
  });
}
