/**
 * @file Every layer record to its second derivatives, against the float64 interpreter, on WebGL in Chromium.
 *
 * The software GPU takes about 10 ms to compile a shader, so each layer has its large sample, whose rows mostly fill
 * texels, and its first small one, whose rows do not. `POLYNEURON_EVERY_SAMPLE=1` runs all samples in two batches.
 */
import { fileURLToPath } from 'node:url';
import { hasBrowser, openPage, type TestPage } from '@polyneuron/browser-tests';
import { layers } from '@polyneuron/kernels';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Findings } from './testing/backends.js';

const names = Object.keys(layers);
const isEvery = process.env.POLYNEURON_EVERY_SAMPLE === '1';
const batches = isEvery ? [3, 8] : [3];
const count = isEvery ? 1000 : 1;

describe.skipIf(!hasBrowser('layers on WebGL'))('webgl in Chromium', () => {
  let page: TestPage;
  beforeAll(async () => {
    page = await openPage(fileURLToPath(new URL('./testing/page.ts', import.meta.url)));
  });
  afterAll(() => page?.close());

  it.each(names)('computes %s to its second derivatives', async (name) => {
    const small = await page.call<Findings>('layerConformance', 'webgl', name, batches, count);
    const large = await page.call<Findings>('largeLayerConformance', 'webgl', name);
    expect([...small.failures, ...large.failures]).toEqual([]);
    expect(small.passed).toBeGreaterThan(0);
    expect(large.passed).toBeGreaterThan(0);
  });
});
