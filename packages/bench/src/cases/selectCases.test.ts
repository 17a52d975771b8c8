import { layers } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { benchCases, casesOfSuite, selectCases } from './selectCases.js';

const namesOf = (cases: readonly { readonly name: string }[]) => cases.map(({ name }) => name);

describe('benchCases', () => {
  it('has the training steps', () => {
    expect(namesOf(casesOfSuite.steps)).toEqual([
      'mnist-mlp',
      'dense-autoencoder',
      'quad-autoencoder',
      'cross',
      'lift',
      'taylor-cnn',
    ]);
  });

  it('has matrix products in three forms', () => {
    expect(namesOf(casesOfSuite.gemm)).toEqual([
      'gemm-32x64x784-nn',
      ...[64, 128, 256, 512].flatMap((size) => ['nn', 'nt', 'tn'].map((form) => `gemm-${size}-${form}`)),
    ]);
  });

  it('has forward and gradient of every layer record', () => {
    expect(namesOf(casesOfSuite.layers)).toEqual(
      Object.keys(layers).flatMap((name) => [`layer-${name}-forward`, `layer-${name}-gradient`]),
    );
  });

  it('names every case once, in its own suite', () => {
    expect(new Set(namesOf(benchCases)).size).toBe(benchCases.length);
    for (const [suite, cases] of Object.entries(casesOfSuite))
      expect(cases.every((one) => one.suite === suite)).toBe(true);
  });
});

describe('selectCases', () => {
  it('takes a suite, names, both or neither, in the order of the registry', () => {
    expect(selectCases({})).toEqual(benchCases);
    expect(selectCases({ suite: 'gemm' })).toEqual(casesOfSuite.gemm);
    expect(namesOf(selectCases({ cases: ['lift', 'mnist-mlp'] }))).toEqual(['mnist-mlp', 'lift']);
    expect(namesOf(selectCases({ suite: 'steps', cases: ['cross'] }))).toEqual(['cross']);
    expect(selectCases({ cases: [] })).toEqual([]);
  });

  it('rejects a case of another suite', () => {
    expect(() =>
      selectCases({ suite: 'steps', cases: ['cross', 'gemm-64-nn'] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: runBench expected cases among mnist-mlp, dense-autoencoder, quad-autoencoder, cross, lift, taylor-cnn, got 'gemm-64-nn'.

      Fix: check the spelling, or the suite: 'steps']
    `);
  });
});
