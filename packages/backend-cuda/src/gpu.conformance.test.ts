/**
 * @file Every op and layer with their derivatives on a GPU, against the float64 interpreter. Skipped where there is
 * none: `ops.conformance.test.ts` and `layers.conformance.test.ts` run the same kernels on the host.
 *
 * `node scripts/gpu-check.mjs` runs this file and the benchmarks, and writes a report.
 */
import type { Backend } from '@polyneuron/backend';
import {
  type ConformanceCase,
  expectRun,
  largeLayerCases,
  layerCases,
  layerNames,
  opCases,
} from '@polyneuron/conformance';
import { opNames } from '@polyneuron/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCudaBackend, cudaEntry } from './cudaBackend.js';
import { inParallel } from './testing/hostCompiler.js';

const probe = await cudaEntry.probe({});
if (!probe.available) console.warn(`SKIPPED: programs on a GPU: ${probe.reason}. Fix: ${probe.remedy}.`);

/** Programs that are compiled at a time. */
const width = 8;

describe.skipIf(!probe.available)('cuda on a GPU', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createCudaBackend({});
  });
  afterAll(() => backend.dispose());

  const check = (one: ConformanceCase): Promise<void> => expectRun(backend, one);

  it.each(opNames)('computes %s and its derivatives as the interpreter does', async (op) => {
    const cases = opCases(op);
    expect(cases.length).toBeGreaterThan(0);
    await inParallel(cases, width, check);
  });

  it.each(layerNames)('computes %s and its derivatives', async (name) => {
    const cases = [
      ...layerCases(name, { batch: 3 }),
      ...layerCases(name, { batch: 9, orderOf: () => 1 }),
      ...largeLayerCases(name),
    ];
    expect(cases.length).toBeGreaterThan(0);
    await inParallel(cases, width, check);
  });
});
