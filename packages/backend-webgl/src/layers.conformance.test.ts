/**
 * @file Every layer record and its derivatives, against the float64 interpreter, on WebGL in Chromium.
 *
 * The software GPU takes about 5 ms to compile a shader, so each layer has its large sample to the second derivatives,
 * whose rows mostly fill texels, and its first small one, whose rows do not, to the first derivatives.
 * `POLYNEURON_EVERY_SAMPLE=1` runs all samples in two batches to the second derivatives.
 */
import { fileURLToPath } from 'node:url';
import { hasBrowser, openPage, type TestPage } from '@polyneuron/browser-tests';
import { layers } from '@polyneuron/kernels';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Findings } from './testing/backends.js';
import type { SampleChoice } from './testing/layerConformance.js';

const names = Object.keys(layers);
const isEvery = process.env.POLYNEURON_EVERY_SAMPLE === '1';
const samples: SampleChoice = isEvery
  ? { count: 1000, batches: [3, 8], order: 2 }
  : { count: 1, batches: [3], order: 1 };

describe.skipIf(!hasBrowser('layers on WebGL'))('webgl in Chromium', () => {
  // Two browsers, as one compiles its shaders on one core
  let pages: TestPage[] = [];
  beforeAll(async () => {
    const entry = fileURLToPath(new URL('./testing/page.ts', import.meta.url));
    pages = await Promise.all([openPage(entry), openPage(entry)]);
  });
  afterAll(() => Promise.all(pages.map((page) => page.close())));

  it.concurrent.each(names)('computes %s and its derivatives', async (name) => {
    const page = pages[names.indexOf(name) % pages.length];
    const small = await page.call<Findings>('layerConformance', 'webgl', name, samples);
    const large = await page.call<Findings>('largeLayerConformance', 'webgl', name);
    expect([...small.failures, ...large.failures]).toEqual([]);
    expect(small.passed).toBeGreaterThan(0);
    expect(large.passed).toBeGreaterThan(0);
  });
});
