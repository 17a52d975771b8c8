/** @file Every optimizer: its rule alone over parameters of many sizes, and inside the step of a small network. */
import {
  allOptimizers,
  type ConformanceCase,
  clippingCases,
  expectRun,
  expectScan,
  networkCase,
  optimizerCases,
} from '@polyneuron/conformance';
import { describe, expect, it } from 'vitest';
import { kernelKinds } from './testing/kernelKinds.js';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

const sizes = [0, 1, 3, 4, 5, 7, 8, 9, 17, 64, 65];
const network = { batch: 9, inputs: 4, hidden: 3, outputs: 2 };

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });

  async function expectTraining(one: ConformanceCase): Promise<void> {
    await expectRun(backend, one);
    await expectScan(backend, one);
  }

  it.each(allOptimizers)('$name moves parameters of every size', async (spec) => {
    for (const one of optimizerCases(spec, sizes)) await expectTraining(one);
  });

  it.each(allOptimizers)('$name trains a small network across lanes', async (spec) => {
    const one = networkCase(spec, network);
    expect(kernelKinds(one.program)).toContain('lanes');
    await expectTraining(one);
  });

  it.each(clippingCases(network))('$title clips the gradients of a small network', expectTraining);
});

describe('the rule of an optimizer', () => {
  it.each(allOptimizers)('$name updates no parameter through a copy', (spec) => {
    expect([...kernelKinds(optimizerCases(spec, sizes)[0].program)]).toEqual(['loop']);
  });
});
