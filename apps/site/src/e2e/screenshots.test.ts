/** @file Pictures of every kind of page for a person to look at: apps/site/screenshots/. */
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hasBrowser } from '@polyneuron/browser-tests';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSite, openSite } from './openSite.js';
import { waitForStep } from './siteReads.js';

const folder = fileURLToPath(new URL('../../screenshots', import.meta.url));

/** When a page shows what it is there to show. */
const scenes: Readonly<
  Record<string, { readonly path: string; readonly settle: (page: Page) => Promise<void> }>
> = {
  home: { path: '/', settle: (page) => waitForStep(page, 300) },
  play: {
    path: '/play/',
    async settle(page) {
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await waitForStep(page, 300);
    },
  },
  layer: {
    path: '/layers/quadratic-form/',
    settle: (page) => page.getByText('Passed').first().waitFor(),
  },
  layers: { path: '/layers/', settle: async () => {} },
  experiments: { path: '/experiments/', settle: async () => {} },
  bench: { path: '/bench/', settle: async () => {} },
};

describe.skipIf(!hasBrowser('screenshots of the site'))('screenshots', () => {
  let site: OpenSite;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    site = await openSite();
  });
  afterAll(() => site?.close());

  it.each(Object.keys(scenes))('%s, both themes, 1280 and 360 px', async (name) => {
    const { path, settle } = scenes[name];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, faults, close } = await site.openPage(path, { colorScheme });
      await settle(page);
      for (const [width, height] of [
        [1280, 720],
        [360, 740],
      ]) {
        await page.setViewportSize({ width, height });
        const file = `${folder}/${name}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: file });
        // An empty page of this size is about 3 kB
        expect(statSync(file).size).toBeGreaterThan(12_000);
      }
      expect(faults).toEqual([]);
      await close();
    }
  });
});
