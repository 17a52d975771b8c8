import { fileURLToPath } from 'node:url';
import { hasBrowser, openPage, type TestPage } from '@polyneuron/browser-tests';
import { opNames } from '@polyneuron/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Findings } from './testing/backends.js';

describe.skipIf(!hasBrowser('ops on WebGL'))('webgl in Chromium', () => {
  let page: TestPage;
  beforeAll(async () => {
    page = await openPage(fileURLToPath(new URL('./testing/page.ts', import.meta.url)));
  });
  afterAll(() => page?.close());

  it.each(opNames)('computes %s and its derivatives as the interpreter does', async (op) => {
    const { passed, failures } = await page.call<Findings>('opConformance', 'webgl', op);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  });
});
