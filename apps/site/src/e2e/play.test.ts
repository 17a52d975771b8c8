import { readFileSync } from 'node:fs';
import { hasBrowser } from '@polyneuron/browser-tests';
import { registerLayers } from '@polyneuron/layers';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './axe.js';
import { type OpenSite, openSite } from './openSite.js';
import { countColours, readCurve, waitForStep } from './siteReads.js';

const still = { reducedMotion: 'reduce' } as const;

async function run(page: Page, end: number | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await waitForStep(page, end);
}

describe.skipIf(!hasBrowser('the playground'))('playground', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it('the newcomer’s path: choose, run, loss falls below 0.2, share, reload, same state, same curve', async () => {
    const { page, faults, close } = await site.openPage('/play/');
    await page.getByLabel('Data set').selectOption('xor');
    await page.getByLabel('Samples').fill('400');
    await page.getByLabel('Samples').press('Tab');
    await run(page, 300);
    const first = await readCurve(page);
    expect(Number(first.at(-1)?.[2])).toBeLessThan(0.2);
    expect(await countColours(page.locator('.is-ours .surface-grid'))).toBeGreaterThan(50);
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Share' }).click();
    const link = await page.getByLabel('Link to these settings').inputValue();
    expect(link).toBe(`${site.origin}/play/#v=1&d=xor&n=400`);
    await page.goto('about:blank');
    await page.goto(link);
    expect(await page.getByLabel('Data set').inputValue()).toBe('xor');
    expect(await page.getByLabel('Samples').inputValue()).toBe('400');
    await run(page, 300);
    expect(await readCurve(page)).toEqual(first);
    expect(faults).toEqual([]);
    await close();
  });

  it('test 4: Reset replays the same curve, New seed does not, Pause stops, Step goes on by one', async () => {
    const { page, close } = await site.openPage('/play/', still);
    await run(page, 300);
    const first = await readCurve(page);
    await page.getByRole('button', { name: 'Reset' }).click();
    await waitForStep(page, 0);
    await run(page, 300);
    expect(await readCurve(page)).toEqual(first);
    await page.getByRole('button', { name: 'New seed' }).click();
    await waitForStep(page, 0);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await waitForStep(page, 1);
    await page.getByLabel('Speed').selectOption('10');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await waitForStep(page, /^[2-9]/);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText(/Training paused at step/).waitFor({ state: 'attached' });
    await page.getByLabel('Speed').selectOption('max');
    await run(page, 300);
    expect(await readCurve(page)).not.toEqual(first);
    await close();
  });

  it('test 5: hostile hashes give notices, not failures; Back and Forward are obeyed', async () => {
    const { page, faults, close } = await site.openPage(
      '/play/#v=9&n=99999999&r=NaN&d=<script>alert(1)</script>&a=q99&zz=1',
      still,
    );
    const notices = page.locator('.notice li');
    await notices.first().waitFor();
    expect(await notices.allInnerTexts()).toContain(
      'Samples is a whole number of 100 to 2000: used 2000 instead of 99999999',
    );
    expect(await page.getByLabel('Samples').inputValue()).toBe('2000');
    await page.evaluate(`location.hash = 'd=${'x'.repeat(100_000)}'`);
    await page.getByText('the link is longer than 512 characters').waitFor();
    await page.getByLabel('Data set').selectOption('moons');
    await page.getByLabel('Data set').selectOption('xor');
    expect(new URL(page.url()).hash).toContain('d=xor');
    await page.goBack();
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('.rail select')?.value === 'moons',
    );
    await page.goForward();
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('.rail select')?.value === 'xor',
    );
    expect(faults).toEqual([]);
    await close();
  });

  it.each([
    ['checker', 'q4t', 'logistic'],
    ['moons', 'f2r2t', 'logistic'],
    ['saddle', 'x1d2.d1', 'squared'],
    ['ripple', 'c4d6.d1', 'squared'],
    ['polynomial', 't2d3.d1', 'squared'],
    ['crossSeed', 'h2.d1', 'squared'],
    ['glyphs', 'd8t', 'logistic'],
  ])(
    'test 3: %s with %s trains 50 steps with a falling loss and finite weights',
    async (dataset, network, loss) => {
      const hash = `v=1&d=${dataset}&a=${network}&l=${loss}&r=0.01&t=50`;
      const { page, faults, close } = await site.openPage(`/play/#${hash}`, still);
      await run(page, 50);
      const curve = await readCurve(page);
      expect(Number(curve.at(-1)?.[1])).toBeLessThan(Number(curve[0][1]));
      const weights = page.locator('#panel');
      await weights.locator('.weight, .weight-picture').first().waitFor();
      expect(await page.locator('main').innerText()).not.toMatch(/NaN|undefined|∞/);
      expect(faults).toEqual([]);
      await close();
    },
  );

  it('test 7: copied JavaScript has the values of the network; tanh nets are labelled approximate', async () => {
    const { page, close } = await site.openPage('/play/', {
      ...still,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await run(page, 300);
    await page.getByText('Exact: the largest gap').waitFor();
    await page.getByRole('button', { name: 'JavaScript' }).click();
    await page.getByText('JavaScript copied').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const logit = new Function(`return ${text}`)() as (x1: number, x2: number) => number;
    const probe = page.getByRole('group', { name: 'Probe' });
    for (const [x1, x2] of [
      [0.25, -0.5],
      [-0.375, 0.125],
      [0.5, 0.25],
    ]) {
      await probe.getByLabel('x1').fill(String(x1));
      await probe.getByLabel('x1').press('Tab');
      await probe.getByLabel('x2').fill(String(x2));
      await probe.getByLabel('x2').press('Tab');
      const expected = Number((1 / (1 + Math.exp(-logit(x1, x2)))).toPrecision(3));
      await page.getByText(`ours ${expected} (`).waitFor();
    }
    await page.evaluate("location.hash = 'v=1&a=q2t'");
    await waitForStep(page, 0);
    await page.getByText(/^An approximation of degree/).waitFor();
    expect(await page.locator('.formula').innerText()).not.toContain('Exact');
    await close();
  });

  it('test 8: a coefficient edited by keyboard moves surface, formula and table', async () => {
    const { page, close } = await site.openPage('/play/', still);
    const cell = page
      .getByRole('table', { name: /^form A/ })
      .getByRole('button')
      .first();
    await cell.waitFor();
    await page.locator('.formula-line').waitFor();
    const before = await page
      .locator('.is-ours .surface-grid')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    await cell.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('-7.5');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /7\.5/.test(document.querySelector('.formula-line')?.textContent ?? ''));
    await page.waitForFunction(() =>
      /-7\.50/.test(document.querySelector('.weight-grid')?.textContent ?? ''),
    );
    await page.waitForFunction(
      (old) => document.querySelector<HTMLCanvasElement>('.is-ours .surface-grid')?.toDataURL() !== old,
      before,
    );
    await close();
  });

  it('test 9: a divergence is named, recoverable, and no text says NaN', async () => {
    const { page, close } = await site.openPage('/play/#v=1&d=kink&a=t4d4.t1d4&l=squared&o=sgd&r=1', still);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const panel = page.getByRole('region', { name: 'Divergence' });
    await panel.waitFor();
    expect(await panel.innerText()).toMatch(/diverged at step \d+\.\s+No longer finite: .+ of layer \d/);
    expect(await page.locator('main').innerText()).not.toMatch(/NaN|Infinity/);
    await panel.getByRole('button', { name: /÷ 3/ }).click();
    await page.waitForURL(/r=0\.33/);
    expect(await page.getByLabel('Learning rate').inputValue()).toBe('0.33');
    await close();
  });

  it('test 10: a hung worker is replaced, the visitor is told, and the page goes on', async () => {
    const { page, close } = await site.openPage('/play/#v=1&t=100000', still);
    await page.getByLabel('Speed').selectOption('75');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await waitForStep(page, /^[1-9]/);
    const [worker] = page.workers();
    // Never returns: what a hung step would do
    worker.evaluate('for (;;) {}').catch(() => {});
    await page.getByText(/did not answer for 1 s/).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForFunction(
      () => document.querySelector('.bar-actions .primary')?.textContent === 'Pause',
    );
    await close();
  });

  it('test 12: a hidden page pauses and goes on where it stood', async () => {
    const { page, close } = await site.openPage('/play/#v=1&t=100000', still);
    await page.getByLabel('Speed').selectOption('75');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await waitForStep(page, /^[1-9]/);
    // Headless pages are never hidden: the page is told that it is
    const hide = (isHidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await hide(true);
    await page.getByText(/Training paused at step/).waitFor({ state: 'attached' });
    await hide(false);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await close();
  });

  it('requirement 2: a network is built and trained by keyboard alone', async () => {
    const { page, close } = await site.openPage('/play/', still);
    await page.locator('.is-ours .chip').first().waitFor();
    const tabTo = async (name: RegExp) => {
      for (let stops = 0; stops < 60; stops++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          return `${element.textContent} ${element.getAttribute('aria-label') ?? ''}`;
        });
        if (name.test(focused)) return;
      }
      throw new Error(`no tab stop ${name}`);
    };
    await tabTo(/^Edit/);
    await page.keyboard.press('Enter');
    await tabTo(/^Add a layer/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.is-ours .chip').length === 3);
    await page.keyboard.press('Escape');
    await page.locator('#content').focus();
    await page.keyboard.press('Space');
    await waitForStep(page, 300);
    await close();
  });

  it('points come by click and by keyboard, and are learned', async () => {
    const { page, faults, close } = await site.openPage('/play/#v=1&d=drawn&k=4', still);
    await page.getByText('There must be 4 to 2000 points').waitFor();
    const surface = page.locator('.is-ours .surface-stack');
    const places = [
      [0.45, 0.5],
      [0.5, 0.45],
      [0.55, 0.55],
      [0.5, 0.52],
    ];
    for (const [at, place] of places.entries()) {
      await pick(page, place);
      await page.getByText(`${at + 1} points`).waitFor();
    }
    await page.getByLabel('blue diamond (0)').check();
    await surface.focus();
    // From the middle to a place at the border, then along it
    for (let steps = 0; steps < 4; steps++) await page.keyboard.press('Shift+ArrowLeft');
    for (let points = 0; points < 4; points++) {
      await page.keyboard.press('Enter');
      await page.getByText(`${5 + points} points`).waitFor();
      await page.keyboard.press('Shift+ArrowUp');
    }
    await run(page, 300);
    const curve = await readCurve(page);
    expect(Number(curve.at(-1)?.[1])).toBeLessThan(Number(curve[0][1]));

    // A link holds the points on request, and gives the same run
    await page.getByRole('button', { name: 'Share' }).click();
    const field = page.getByLabel('Link to these settings');
    expect(await field.inputValue()).toBe(`${site.origin}/play/#v=1&d=drawn&k=4`);
    await page.getByLabel('with the 8 drawn points').check();
    const link = await field.inputValue();
    expect(link).toMatch(/&pt=[\w-]{32}$/);
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('8 points').waitFor();
    await run(page, 300);
    expect(await readCurve(page)).toEqual(curve);
    await page.goto('about:blank');
    await page.goto(`${link.slice(0, -4)}!!!!`);
    await page.getByText('1 of 8 points of the link are not understood and were left out').waitFor();
    await page.getByText('7 points').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('a pasted table is checked line by line, then learned', async () => {
    const { page, close } = await site.openPage('/play/#v=1&d=csv', still);
    const field = page.getByRole('textbox', { name: /x1, x2, target/ });
    await field.fill('1,2\n3,4,x');
    await page.getByRole('button', { name: 'Use these rows' }).click();
    await page.getByText('line 1 has 2 columns, not 3').waitFor();
    const rows = Array.from({ length: 40 }, (_, at) => `${at % 8},${at % 5},${at % 8 > 3 ? 'high' : 'low'}`);
    await field.fill(['width,height,class', ...rows].join('\n'));
    await page.getByRole('button', { name: 'Use these rows' }).click();
    await page.getByText('Taken: 40 rows, two classes, high (blue) and low (orange).').waitFor();
    await run(page, 300);
    expect(Number((await readCurve(page)).at(-1)?.[1])).toBeLessThan(0.3);
    await close();
  });

  it('the share dialog has a link, code and an embedding, and no violation', async () => {
    const { page, close } = await site.openPage('/play/', still);
    await page.locator('.is-ours .chip').first().waitFor();
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('pre').first().textContent()).toContain('model.add(quadraticForm(');
    expect(await dialog.locator('pre').last().textContent()).toContain('/play/#v=1&p=weights&e=weights');
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('Repeat over 10 seeds').click();
    await page.getByRole('button', { name: 'Run 10 seeds' }).click();
    await page.getByText('Done.').waitFor();
    expect(await page.locator('.repeats tbody tr').count()).toBe(10);
    await page.getByText('Compare learning rates').click();
    await page.getByRole('button', { name: 'Run 6 rates' }).click();
    await page.getByText(/^Best rate for ours [\d.]+, for the rival [\d.]+\.$/).waitFor();
    expect(
      await page
        .getByRole('table', { name: /by learning rate/ })
        .getByText('best')
        .count(),
    ).toBe(2);
    expect(await findViolations(page)).toEqual([]);
    await close();
  });

  it('model files are read by plain tf.loadLayersModel and compute what the page shows', async () => {
    const { page, close } = await site.openPage('/play/#v=1&b=d3t', still);
    await run(page, 300);
    const probe = page.getByRole('group', { name: 'Probe' });
    await probe.getByLabel('x1').fill('0.5');
    await probe.getByLabel('x1').press('Tab');
    const shown = (await page.getByText(/^ours .* rival /).textContent()) ?? '';
    const [, ours, rival] = /ours (\S+) .*rival (\S+) /.exec(shown) ?? [];
    await page.getByRole('button', { name: 'Share' }).click();
    const saved = await saveModel(page, 'Save the rival');
    expect(await predict(saved, [0.5, 0])).toBeCloseTo(Number(rival), 3);
    // Ours has a layer of this project, whose class tfjs must know
    registerLayers();
    expect(await predict(await saveModel(page, 'Save ours'), [0.5, 0])).toBeCloseTo(Number(ours), 3);
    // The rival's model in the place of ours
    await page.getByLabel(/Load ours/).setInputFiles([...saved]);
    await page.waitForURL(/a=d3t/);
    await page.getByText(/Read: our network is now that model/).waitFor();
    await waitForStep(page, 0);
    await close();
  });
});

/** Clicks our surface at shares of its width and height. */
async function pick(page: Page, [across, down]: readonly number[]): Promise<void> {
  const surface = page.locator('.is-ours .surface-stack');
  // It shows once the worker has answered
  await surface.waitFor();
  const box = await surface.boundingBox();
  if (!box) throw new Error('our surface is not shown');
  await surface.click({ position: { x: across * box.width, y: down * box.height } });
}

interface SavedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** model.json and its weights, as the page saves them. */
async function saveModel(page: Page, button: string): Promise<readonly SavedFile[]> {
  const downloads: Download[] = [];
  const both = new Promise<void>((resolve) => {
    page.on('download', (download) => {
      downloads.push(download);
      if (downloads.length === 2) resolve();
    });
  });
  await page.getByRole('button', { name: button }).click();
  await both;
  page.removeAllListeners('download');
  return Promise.all(
    downloads.map(async (one) => ({
      name: one.suggestedFilename(),
      mimeType: 'application/octet-stream',
      buffer: readFileSync(await one.path()),
    })),
  );
}

/** The probability of class 1 that plain TensorFlow.js computes from a saved model. */
async function predict([topology, weights]: readonly SavedFile[], point: readonly number[]): Promise<number> {
  const { modelTopology, weightsManifest } = JSON.parse(topology.buffer.toString('utf8'));
  expect([topology.name, weights.name]).toEqual(['model.json', weightsManifest[0].paths[0]]);
  const weightData = Uint8Array.from(weights.buffer).buffer;
  const model = await loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  );
  const [logit] = (model.predict(tf.tensor2d([[...point]])) as tf.Tensor).dataSync();
  model.dispose();
  return 1 / (1 + Math.exp(-logit));
}
