import { fileURLToPath } from 'node:url';
import type { GraphicsPeak } from '@polyneuron/bench';
import { hasBrowser, openPage, type TestPage } from '@polyneuron/browser-tests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe.skipIf(!hasBrowser('the peak of the graphics device'))('measureGraphicsPeak', () => {
  let page: TestPage;
  beforeAll(async () => {
    page = await openPage(fileURLToPath(new URL('./testing/graphicsPage.ts', import.meta.url)));
  });
  afterAll(() => page?.close());

  it('measures rates above nothing, of right pixels, on the device of the tests', async () => {
    const peak = await page.call<GraphicsPeak>('measureGraphicsPeak', { budgetMs: 1 });
    expect(peak.renderer).toContain('SwiftShader');
    for (const figure of [peak.gflops, peak.copyGBs, peak.launchMs]) expect(figure).toBeGreaterThan(0);
    expect(page.console).toEqual([]);
  });

  it('refuses a pixel that is wrong', async () => {
    await page.call('breakReading');
    const failure = page.call('measureGraphicsPeak', { budgetMs: 1 });
    await expect(failure).rejects.toThrow('measureGraphicsPeak expected a pixel of 8.000305235385895, got 3');
  });
});
