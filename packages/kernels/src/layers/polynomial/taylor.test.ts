import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { collapseTaylor } from './collapseTaylor.js';
import { taylorSpec } from './taylor.js';
import type { TaylorConfig } from './taylorParameters.js';

describe('taylor', () => {
  it('computes the hand-worked example of the cumulative form', () => {
    // x = 2, a = [1, 2, 3], w = [10, 20, 30]: s = [1, 5, 17]; 10 + 100 + 510
    const parameters = { coefficient: [1, 2, 3], weight: [10, 20, 30] };
    expect(
      runLayer(taylorSpec, { config: { degree: 2 }, inputShapes: [[1]], inputs: [[2]], parameters }),
    ).toEqual([620]);
  });

  it('computes the hand-worked example of the collapsed form', () => {
    // 60 + 100 · 2 + 90 · 4
    const parameters = { coefficient: [60, 100, 90] };
    const config: Partial<TaylorConfig> = { degree: 2, mode: 'collapsed' };
    expect(runLayer(taylorSpec, { config, inputShapes: [[1]], inputs: [[2]], parameters })).toEqual([620]);
  });

  it.each([0, 1, 2, 3, 6])('has equal forms after collapseTaylor, degree %d', (degree) => {
    const random = testRandom(degree + 1);
    const size = 4 * (degree + 1);
    const [coefficient, weight] = [random.normals(size), random.normals(size)];
    const run = { batch: 5, inputShapes: [[4]], inputs: [random.uniforms(20, -1.5, 1.5)] };
    const cumulative = runLayer(taylorSpec, {
      ...run,
      config: { degree },
      parameters: { coefficient, weight },
    });
    const collapsed = runLayer(taylorSpec, {
      ...run,
      config: { degree, mode: 'collapsed' },
      parameters: { coefficient: collapseTaylor(coefficient, weight, degree + 1) },
    });
    // Terms up to 1.5^6 ≈ 11 of random sign, K² / 2 of them
    expectClose(collapsed, cumulative, tolerances.float64.contraction(11 * (degree + 1) ** 2));
  });

  it('reaches every polynomial: e^x to degree 8 around 1', () => {
    const factorial = (p: number): number => (p < 2 ? 1 : p * factorial(p - 1));
    const coefficient = Array.from({ length: 9 }, (_, p) => Math.E / factorial(p));
    const config: Partial<TaylorConfig> = { degree: 8, mode: 'collapsed', center: 1 };
    const x = [0.5, 0.8, 1, 1.2, 1.5];
    const y = runLayer(taylorSpec, {
      config,
      batch: 5,
      inputShapes: [[1]],
      inputs: [x],
      parameters: { coefficient },
    });
    // Lagrange's remainder: e^1.5 0.5^9 / 9! < 2.5e-8
    expectClose(y, x.map(Math.exp), { rtol: 0, atol: 2.5e-8 });
  });

  it.each(['cumulative', 'collapsed'] as const)(
    'has finite derivatives at x = 0 (%s), where those of pow are NaN',
    (mode) => {
      const f = layerFunction(taylorSpec, { mode }, { batch: 1, inputShapes: [[3]] });
      const vector = testRandom(2).normals(f.dimension).fill(0, 0, f.inputDimension);
      expect(Array.from(f.gradient(vector)).every(Number.isFinite)).toBe(true);
      expect(
        Array.from(f.hessianProduct(vector, testRandom(3).normals(f.dimension))).every(Number.isFinite),
      ).toBe(true);
    },
  );

  it.each([
    ['cumulative', 2.5],
    ['collapsed', 1],
  ] as const)('starts within the documented bound on [-1, 1] (%s)', (mode, bound) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const parameters = createParameters(taylorSpec, { mode }, [[8]], seed);
      const inputs = [Array.from({ length: 40 }, (_, at) => ((at % 5) - 2) / 2)];
      const y = runLayer(taylorSpec, { config: { mode }, batch: 5, inputShapes: [[8]], inputs, parameters });
      expect(Math.max(...y.map(Math.abs))).toBeLessThanOrEqual(bound);
    }
  });

  it('has half the parameters collapsed, and one more per feature with a trainable center', () => {
    const count = (config: Partial<TaylorConfig>) => countParameters(taylorSpec, config, [[512]]);
    expect([count({}), count({ mode: 'collapsed' }), count({ trainableCenter: true })]).toEqual([
      512 * 8,
      512 * 4,
      512 * 9,
    ]);
  });

  it('starts a trainable center at `center`', () => {
    const { center } = createParameters(taylorSpec, { center: 0.5, trainableCenter: true }, [[2]], 1);
    expect(Array.from(center)).toEqual([0.5, 0.5]);
  });

  it('gives a rank-4 input the rows of the flattened one', () => {
    const parameters = createParameters(taylorSpec, {}, [[3]], 6);
    const inputs = [testRandom(1).normals(24)];
    const run = (inputShapes: number[][], batch: number) =>
      runLayer(taylorSpec, { config: {}, batch, inputShapes, inputs, parameters });
    expect(run([[2, 2, 3]], 2)).toEqual(run([[3]], 8));
  });

  it('rejects an unknown mode and a degree that is no whole number', () => {
    const run = (config: object) => () => runLayer(taylorSpec, { config, inputShapes: [[3]], inputs: [] });
    expect(run({ mode: 'horner' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected mode to be one of 'cumulative', 'collapsed', 'mixing', got 'horner'.

      Fix: check the spelling of the value]
    `);
    expect(run({ degree: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected degree to be a whole number of at least 0, got -1.

      Fix: pass a whole number from 0 on]
    `);
    expect(run({ degree: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected degree to be a whole number of at least 0, got 1.5.

      Fix: pass a whole number from 0 on]
    `);
  });
});

describe('collapseTaylor', () => {
  it('computes the example of its documentation, row by row', () => {
    expect(Array.from(collapseTaylor([1, 2, 3, 1, 1, 1], [10, 20, 30, 1, 0, 2], 3))).toEqual([
      60, 100, 90, 3, 2, 2,
    ]);
  });

  it('rejects sizes that do not fit', () => {
    expect(() => collapseTaylor([1, 2], [1, 2, 3], 1)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: collapseTaylor expected coefficients and weights [n, 1] of one size, got 2 and 3 values.

      Fix: pass both parameters of one taylor layer, and its degree + 1]
    `);
    expect(() => collapseTaylor([1, 2, 3], [1, 2, 3], 2)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: collapseTaylor expected coefficients and weights [n, 2] of one size, got 3 and 3 values.

      Fix: pass both parameters of one taylor layer, and its degree + 1]
    `);
    expect(() => collapseTaylor([], [], 0)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: collapseTaylor expected coefficients and weights [n, 0] of one size, got 0 and 0 values.

      Fix: pass both parameters of one taylor layer, and its degree + 1]
    `);
  });
});
