/**
 * @file Every op and layer with their derivatives on a GPU, against the float64 interpreter. Skipped where there is
 * none: `ops.conformance.test.ts` and `layers.conformance.test.ts` run the same kernels on the host.
 *
 * `node scripts/gpu-check.mjs` runs this file and the benchmarks, and writes a report.
 */
import type { Backend, TensorMap } from '@polyneuron/backend';
import { opNames } from '@polyneuron/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCudaBackend, cudaEntry } from './cudaBackend.js';
import { opCases } from './testing/conformanceCases.js';
import { inParallel } from './testing/hostCompiler.js';
import { largeLayerCases, layerCases, layerNames } from './testing/layerCases.js';
import { expectAsInterpreted, type ShimCase } from './testing/shimCase.js';

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

  const check = async (one: ShimCase): Promise<void> => {
    const executable = await backend.compile(one.program);
    for (const [name, data] of Object.entries(one.state ?? {})) executable.write(name, data);
    const outputs: TensorMap[] = [];
    for (const inputs of one.inputs) outputs.push(await executable.run(inputs));
    const names = Object.keys(one.program.state);
    const values = await Promise.all(names.map((name) => executable.read(name)));
    const state = Object.fromEntries(names.map((name, at) => [name, values[at]]));
    expectAsInterpreted(one, { outputs, state });
    executable.dispose();
  };

  it.each(opNames)('computes %s and its derivatives as the interpreter does', async (op) => {
    const cases = opCases(op);
    expect(cases.length).toBeGreaterThan(0);
    await inParallel(cases, width, check);
  });

  it.each(layerNames)('computes %s and its derivatives', async (name) => {
    const cases = [
      ...layerCases(name, 3, () => 2),
      ...layerCases(name, 9, () => 1),
      ...largeLayerCases(name, 2),
    ];
    expect(cases.length).toBeGreaterThan(0);
    await inParallel(cases, width, check);
  });
});
