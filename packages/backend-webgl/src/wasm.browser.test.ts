/** @file The wasm backend in Chromium, on one thread and on two, from its browser build. */
import { fileURLToPath } from 'node:url';
import { hasBrowser, openPage, type TestPage } from '@polyneuron/browser-tests';
import { opNames } from '@polyneuron/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Findings } from './testing/backends.js';

describe.skipIf(!hasBrowser('wasm in a browser'))('wasm in Chromium', () => {
  let page: TestPage;
  beforeAll(async () => {
    page = await openPage(fileURLToPath(new URL('./testing/page.ts', import.meta.url)));
  });
  afterAll(() => page?.close());

  it.each(['wasm', 'wasm, 2 threads'])('%s computes every op and its derivatives', async (choice) => {
    for (const op of opNames) {
      const { passed, failures } = await page.call<Findings>('opConformance', choice, op);
      expect(failures).toEqual([]);
      expect(passed).toBeGreaterThan(0);
    }
  });

  it.each(['wasm', 'wasm, 2 threads'])('%s trains as the interpreter does', async (choice) => {
    expect(await page.call<Findings>('trainingConformance', choice)).toEqual({ passed: 1, failures: [] });
  });

  it('gives the same bits on one thread and on two', async () => {
    expect(await page.call<string[]>('differingBits', 'wasm', 'wasm, 2 threads')).toEqual([]);
  });
});
