/** @file Every layer record to its second derivatives, against the float64 interpreter, on WebGL in Chromium. */
import { fileURLToPath } from 'node:url';
import { hasBrowser, openPage, type TestPage } from '@polyneuron/browser-tests';
import { layers } from '@polyneuron/kernels';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Findings } from './testing/backends.js';

const names = Object.keys(layers);
/** One that fills texels, and one that does not. */
const batches = [3, 8];

describe.skipIf(!hasBrowser('layers on WebGL'))('webgl in Chromium', () => {
  let page: TestPage;
  beforeAll(async () => {
    page = await openPage(fileURLToPath(new URL('./testing/page.ts', import.meta.url)));
  });
  afterAll(() => page?.close());

  it.each(names)('computes %s to its second derivatives', async (name) => {
    const { passed, failures } = await page.call<Findings>('layerConformance', 'webgl', name, batches);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  });

  it.each(names)('computes a large %s to its second derivatives', async (name) => {
    const { passed, failures } = await page.call<Findings>('largeLayerConformance', 'webgl', name);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  });
});
