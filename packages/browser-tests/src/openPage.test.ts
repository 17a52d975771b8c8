import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from './hasBrowser.js';
import { openPage, type TestPage } from './openPage.js';

describe.skipIf(!hasBrowser('pages of a browser'))('openPage', () => {
  let page: TestPage;
  beforeAll(async () => {
    page = await openPage(fileURLToPath(new URL('./testing/page.ts', import.meta.url)));
  });
  afterAll(() => page?.close());

  it('runs functions in a cross-origin-isolated page with WebGL 2', async () => {
    expect(await page.call('describePage')).toEqual({
      isIsolated: true,
      hasSharedMemory: true,
      hasWebgl2: true,
      hasFloatTargets: true,
    });
  });

  it('passes arguments and results', async () => {
    expect(await page.call('addAll', [1, 2, 3])).toBe(6);
  });

  it('rejects with the error of the function', async () => {
    await expect(page.call('fail', 'on purpose')).rejects.toThrow(/on purpose/);
  });
});
