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

  it('has convolutions, calls, starts and trainings to a goal', () => {
    expect(namesOf(casesOfSuite.convolution)).toEqual(
      [
        'conv-28x28x1-3x3x16',
        'conv-28x28x16-3x3x16',
        'conv-14x14x64-3x3x64',
        'conv-14x14x64-1x1x128',
        'conv-28x28x16-3x3x32-s2',
      ].flatMap((name) => [`${name}-forward`, `${name}-gradient`]),
    );
    const models = ['mnist-mlp', 'quad-autoencoder', 'cross', 'taylor-cnn'];
    expect(namesOf(casesOfSuite.inference)).toEqual(
      models.flatMap((model) => [`predict-${model}-1`, `predict-${model}-32`]),
    );
    expect(namesOf(casesOfSuite.compile)).toEqual(models.map((model) => `start-${model}`));
    expect(namesOf(casesOfSuite.convergence)).toEqual(['until-cross', 'until-quad-autoencoder']);
  });

  it('has series of growing sizes, each case with its place', () => {
    const places = casesOfSuite.scaling.map(({ axis }) => axis);
    for (const family of ['dense', 'quadDense']) {
      const valuesOf = (series: string) =>
        places.filter((one) => one?.family === family && one.series === series).map((one) => one?.value);
      expect(valuesOf('batch')).toEqual([1, 4, 16, 64, 256, 1024, 4096]);
      expect(valuesOf('width')).toEqual([8, 32, 128, 512, 2048]);
      expect(valuesOf('depth')).toEqual([1, 2, 4, 8, 16]);
    }
    expect(namesOf(casesOfSuite.scaling)).toEqual(
      places.map((place) => `scaling-${place?.family}-${place?.series}-${place?.value}`),
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
