/** @file What a visitor gets who does not see the pictures, or sees them in forced colours. */
import { hasBrowser } from '@polyneuron/browser-tests';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSite, openSite } from './openSite.js';
import { waitForStep } from './siteReads.js';

/** Canvases that neither have a name themselves nor stand inside a named picture. */
async function namelessCanvases(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('canvas')]
      .filter(
        (canvas) =>
          canvas.checkVisibility() && !canvas.closest('[role="img"][aria-label], [aria-hidden="true"]'),
      )
      .map((canvas) => canvas.outerHTML),
  );
}

describe.skipIf(!hasBrowser('pictures in words'))('pictures', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it.each(['/', '/play/'])('requirement 6: %s has every picture in words and numbers', async (path) => {
    const { page, close } = await site.openPage(path);
    if (path === '/play/') await page.getByRole('button', { name: 'Run', exact: true }).click();
    await waitForStep(page, 300);
    expect(await namelessCanvases(page)).toEqual([]);
    const surfaces = page.locator('details', { has: page.locator('summary', { hasText: /^Values$/ }) });
    expect(await surfaces.count()).toBe(2);
    for (let at = 0; at < 2; at++) {
      await surfaces.nth(at).locator('summary').click();
      await surfaces.nth(at).locator('tbody tr').first().waitFor();
      expect(await surfaces.nth(at).locator('tbody tr').count()).toBe(9);
      expect(await surfaces.nth(at).locator('tbody tr').first().locator('td').count()).toBe(9);
    }
    await page.locator('summary', { hasText: 'Values of the loss' }).click();
    const rows = page.locator('details', { hasText: 'Values of the loss' }).locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(20);
    await page
      .locator('[role="status"]', { hasText: /300|done|stopped/i })
      .first()
      .waitFor({ state: 'attached' });
    await close();
  });

  it('requirement 7: forced colours keep lines and focus', async () => {
    const { page, close } = await site.openPage('/play/', { forcedColors: 'active' });
    await page.getByRole('button', { name: 'Run', exact: true }).focus();
    await page.keyboard.press('Tab');
    const { outline, border } = await page.locator(':focus').evaluate((element) => {
      const style = getComputedStyle(element);
      return { outline: style.outlineStyle, border: style.borderTopStyle };
    });
    expect([outline, border]).toEqual(['solid', 'solid']);
    await close();
  });
});
