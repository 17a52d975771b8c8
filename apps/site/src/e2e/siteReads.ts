/** @file What tests of the home page and the playground read from the page as a visitor sees it. */
import type { Locator, Page } from 'playwright-core';

/** Waits until the shown step is this one, or matches. */
export async function waitForStep(page: Page, step: number | RegExp): Promise<void> {
  const pattern = typeof step === 'number' ? `^${step}$` : step.source;
  await page.waitForFunction(
    (text) => new RegExp(text).test(document.querySelector('.step-count')?.textContent ?? ''),
    pattern,
  );
}

/** Different colours among the pixels of a canvas. */
export async function countColours(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const data = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
    return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size;
  });
}

/** The table under the loss chart, opened where it is closed: rows of step, ours train, ours test, rival train, rival test. */
export async function readCurve(page: Page): Promise<readonly (readonly string[])[]> {
  const details = page.locator('details', {
    has: page.locator('summary', { hasText: 'Values of the loss' }),
  });
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  // The table follows once a second: until it ends at the shown step
  await page.waitForFunction(
    () =>
      document.querySelector('.loss tbody tr:last-child th')?.textContent ===
      document.querySelector('.step-count')?.textContent,
  );
  return details
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
}
