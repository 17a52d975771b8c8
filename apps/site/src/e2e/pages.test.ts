import { hasBrowser } from '@polyneuron/browser-tests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../pages.js';
import { findViolations } from './axe.js';
import { type OpenSite, openSite } from './openSite.js';

/** Pages of one kind share a template: of the layers, the list and two of them stand for all. */
const layerSample = ['/layers/', '/layers/quadratic-form/', '/layers/cross-network/'];
const paths = pages
  .map(({ path }) => path)
  .filter((path) => !path.startsWith('/layers/') || layerSample.includes(path));

describe.skipIf(!hasBrowser('every page of the site'))('every page', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  for (const path of paths) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`requirement 1: ${path} has no WCAG 2.2 A or AA violation, ${colorScheme}, 1280 and 360 px`, async () => {
        const { page, close } = await site.openPage(path, { colorScheme, reducedMotion: 'reduce' });
        expect(await findViolations(page)).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await findViolations(page)).toEqual([]);
        await close();
      });
    }

    it(`requirement 7: ${path} needs no sideways scroll at 320 px`, async () => {
      const { page, close } = await site.openPage(path, {
        viewport: { width: 320, height: 640 },
        reducedMotion: 'reduce',
      });
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(excess).toBe(0);
      await close();
    });

    it(`requirement 8: ${path} reads with script off`, async () => {
      const { page, close } = await site.openPage(path, { javaScriptEnabled: false });
      expect(await page.locator('h1').count()).toBe(1);
      expect((await page.locator('main').innerText()).length).toBeGreaterThan(200);
      await close();
    });

    it(`requirement 3: targets of ${path} are at least 24 x 24 px`, async () => {
      const { page, close } = await site.openPage(path, { reducedMotion: 'reduce' });
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, select, input, summary, [role="tab"], [role="slider"]')]
          .filter((element) => (element as HTMLElement).checkVisibility())
          .map((element) => ({ element, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 24 || box.height < 24)
          .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`),
      );
      expect(small).toEqual([]);
      await close();
    });

    it(`requirement 15: ${path} asks no other origin, breaks no policy, and stores nothing`, async () => {
      const { page, faults, close } = await site.openPage(path);
      await page.waitForLoadState('networkidle');
      const stored = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
      expect(faults).toEqual([]);
      expect(stored).toEqual(['', 0, 0]);
      await close();
    });
  }
});
