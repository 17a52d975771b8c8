/** @file Every activation and every loss, with first and second derivatives, over many sizes. */
import {
  activationCases,
  allActivations,
  allLosses,
  type ConformanceCase,
  expectRun,
  keptInState,
  lossCases,
} from '@polyneuron/conformance';
import { describe, expect, it } from 'vitest';
import { kernelKinds } from './testing/kernelKinds.js';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

const sizes = [0, 1, 3, 4, 5, 7, 8, 9, 17, 64, 65];

/** A case as it is, fed as inputs, which runs across lanes from eight samples on, and kept in state. */
const formsOf = <C extends ConformanceCase>(one: C) => [one, keptInState(one, () => true)];

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });

  it.each(allActivations)('activation $name', async (spec) => {
    for (const one of activationCases(spec, sizes).flatMap(formsOf)) await expectRun(backend, one);
  });

  it.each(allLosses)('loss $name', async (spec) => {
    for (const one of lossCases(spec, sizes).flatMap(formsOf)) await expectRun(backend, one);
  });
});

describe('the plans of these programs', () => {
  const cases = [
    ...allActivations.flatMap((spec) => activationCases(spec, [9])),
    ...allLosses.flatMap((spec) => lossCases(spec, [9])),
  ].filter(({ order }) => order < 2);

  it('run across lanes as inputs, and as plain loops from state', () => {
    for (const one of cases) {
      const kinds = formsOf(one).map(({ program }) => [...kernelKinds(program)]);
      expect(kinds[0], one.title).toContain('lanes');
      expect(kinds[1], one.title).not.toContain('lanes');
    }
  });
});
