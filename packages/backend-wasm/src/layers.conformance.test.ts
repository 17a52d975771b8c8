/** @file Every layer record, its gradient and its second gradient: small in the shapes of its samples, and large. */
import {
  expectRun,
  isParameter,
  keepInState,
  keptInState,
  largeLayerCases,
  layerCases,
  layerNames,
} from '@polyneuron/conformance';
import { describe, expect, it } from 'vitest';
import { kernelKinds } from './testing/kernelKinds.js';
import { simdVariants } from './testing/simdVariants.js';
import { createWasmBackend } from './wasmBackend.js';

/** None, one, part of a vector of four samples, whole vectors, and whole ones with a rest. */
const batches = [0, 1, 3, 8, 9];

describe.each(simdVariants())('wasm, relaxed: %s', (relaxed) => {
  const backend = createWasmBackend({ relaxed });

  it.each(layerNames)('computes %s to its second derivatives', async (name) => {
    for (const batch of batches) {
      for (const one of layerCases(name, { check: 'backendWasm', batch })) {
        await expectRun(backend, one);
        // Parameters that stay on the device leave inputs of one batch: the form that lanes take
        if (batch >= 8) await expectRun(backend, keptInState(one, isParameter));
      }
    }
  });

  it.each(layerNames)('computes a large %s to its second derivatives', async (name) => {
    for (const one of largeLayerCases(name)) await expectRun(backend, one);
  });
});

describe('the plans of these programs', () => {
  const programs = layerNames.flatMap((name) =>
    layerCases(name, { batch: 9 }).map(({ program, order }) => ({ name, order, program })),
  );

  it('have every kind of kernel that layers need', () => {
    const kinds = programs.flatMap(({ program }) => [...kernelKinds(program)]);
    expect([...new Set(kinds)].sort()).toEqual([
      'contraction',
      'cumulative',
      'gather',
      'lanes',
      'loop',
      'random',
      'scatterAdd',
    ]);
  });

  it.each([0, 1, 2])('run across lanes when parameters are state, at order %i', (wanted) => {
    const inLanes = new Set(
      programs
        .filter(
          ({ order, program }) =>
            order === wanted && kernelKinds(keepInState(program, isParameter)).has('lanes'),
        )
        .map(({ name }) => name),
    );
    for (const name of ['quadDense', 'featureCross', 'taylor', 'householder', 'dense', 'softmax'] as const)
      expect(inLanes).toContain(name);
  });
});
