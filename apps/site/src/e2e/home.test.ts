import { hasBrowser } from '@polyneuron/browser-tests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import still from '../pages/home/stills/still.json' with { type: 'json' };
import { findViolations } from './axe.js';
import { type OpenSite, openSite } from './openSite.js';
import { countColours, waitForStep } from './siteReads.js';

const status = '.duel-status';

describe.skipIf(!hasBrowser('the home page'))('home page', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it('test 1: draws the duel, stops by itself, and comes to the scores and the formula of seed 1', async () => {
    const { page, faults, close } = await site.openPage('/');
    await waitForStep(page, 300);
    await page.getByRole('button', { name: 'Run again' }).waitFor();
    for (const side of ['.is-ours', '.is-rival'])
      expect(await countColours(page.locator(`${side} .surface-grid`))).toBeGreaterThan(50);
    await page.waitForFunction(
      (expected) =>
        [...document.querySelectorAll('.duel-score strong')].every(
          (one, at) => one.textContent === expected[at],
        ),
      still.scores,
    );
    await page.getByText('Exact: the largest gap').waitFor();
    await page.getByText('nearly a circle').waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  it('requirement 4: the second tab stop pauses what started by itself', async () => {
    const { page, close } = await site.openPage('/');
    await waitForStep(page, /^[1-9]/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Pause the duel');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByText(/Training paused at step/).waitFor({ state: 'attached' });
    await close();
  });

  it('requirement 2: Space runs and pauses while no control has the focus', async () => {
    const { page, close } = await site.openPage('/');
    await waitForStep(page, /^[1-9]/);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await close();
  });

  it('requirement 5: with reduced motion nothing starts; Run trains', async () => {
    const { page, close } = await site.openPage('/', { reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await page
      .getByText(/WebAssembly|JavaScript/)
      .first()
      .waitFor();
    expect(await page.locator(status).innerText()).toContain('step 0');
    const shown = page.locator('#duel .still-end img');
    expect(await shown.evaluateAll((images) => images.every((one) => one.checkVisibility()))).toBe(true);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await waitForStep(page, 300);
    await close();
  });

  it('requirement 8: with script off the stills, the formula and the measured figures are there', async () => {
    const { page, close } = await site.openPage('/', { javaScriptEnabled: false });
    const images = page.locator('#duel img:visible');
    expect(await images.count()).toBe(3);
    expect(
      await images.evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth > 0)),
    ).toBe(true);
    expect(await page.locator('#duel math').count()).toBeGreaterThan(3);
    expect(await page.locator('main').innerText()).toMatch(/Measured by .* commit [0-9a-f]{7}/);
    await close();
  });

  it('preset XOR reaches its target, and is offered to the playground', async () => {
    const { page, close } = await site.openPage('/', { reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Try XOR' }).click();
    await page.getByText(/Target reached at step/).waitFor({ state: 'attached' });
    const link = page.getByRole('link', { name: 'Open this duel in the playground' });
    expect(await link.getAttribute('href')).toBe('/play/#v=1&d=xor&t=600&tt=95');
    await close();
  });
});

describe.skipIf(!hasBrowser('the home page without isolation'))('home page without isolation', () => {
  it('test 2: says that threads are off, and all else passes', async () => {
    const site = await openSite({ isIsolated: false });
    const { page, faults, close } = await site.openPage('/');
    await waitForStep(page, 300);
    expect(await page.locator(status).innerText()).toContain('threads off');
    expect(faults).toEqual([]);
    await close();
    await site.close();
  });
});
