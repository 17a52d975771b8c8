import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
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

  it('computes the hand-worked example of the mixing form', () => {
    // x = [2, 3]: 1 + (2 + 2·3) + (10·4 + 20·9) + (100·8 + 0)
    const parameters = { kernel: [1, 2], kernelHigher: [10, 20, 100, 0], bias: [1] };
    const config: Partial<TaylorConfig> = { mode: 'mixing', units: 1 };
    expect(runLayer(taylorSpec, { config, inputShapes: [[2]], inputs: [[2, 3]], parameters })).toEqual([
      1029,
    ]);
  });

  const points = [-1, -0.5, 0, 0.3, 0.8];
  const startAt = (config: Partial<TaylorConfig>) => {
    const parameters = createParameters(taylorSpec, config, [[1]], 1);
    return runLayer(taylorSpec, { config, batch: 5, inputShapes: [[1]], inputs: [points], parameters });
  };

  it.each(['cumulative', 'collapsed'] as const)(
    'starts as x, e^x or sin x around any center (%s)',
    (mode) => {
      for (const center of [0, 0.5]) {
        const of = (coefficientInit: TaylorConfig['coefficientInit']) =>
          startAt({ mode, center, coefficientInit, degree: 9 });
        expectClose(of('zerosAboveOne'), points, tolerances.float32.elementwise);
        // Lagrange's remainder: e^0.8 1.5^10 / 10! < 4e-5, and 1.5^10 / 10! < 1.6e-5
        expectClose(of('exp'), points.map(Math.exp), { rtol: 0, atol: 4e-5 });
        expectClose(of('sin'), points.map(Math.sin), { rtol: 0, atol: 1.7e-5 });
      }
      expectClose(
        startAt({ mode, degree: 0, coefficientInit: 'exp' }),
        [1, 1, 1, 1, 1],
        tolerances.float64.exact,
      );
    },
  );

  it.each([
    { mode: 'collapsed', coefficientInit: 'randomOverFactorial' },
    { mode: 'cumulative', coefficientInit: 'randomOverFactorial', center: 0.5 },
    { mode: 'collapsed', coefficientInit: 'calibrated' },
    { mode: 'cumulative', coefficientInit: 'calibrated', degree: 1 },
    { mode: 'collapsed', coefficientInit: 'calibrated', degree: 0 },
    { mode: 'mixing', units: 128 },
    { mode: 'mixing', units: 128, coefficientInit: 'randomOverFactorial', center: -0.5 },
    { mode: 'mixing', units: 128, coefficientInit: 'calibrated', degree: 5 },
    { mode: 'mixing', units: 128, coefficientInit: 'calibrated', degree: 1, center: 1 },
  ] as const)('has E[y²] = 1 for standard normal features with $mode, $coefficientInit', (config) => {
    const n = 128;
    const squares = [1, 2, 3, 4].map((seed) => {
      const parameters = createParameters(taylorSpec, config, [[n]], seed);
      const inputs = [testRandom(seed).normals(64 * n)];
      const y = runLayer(taylorSpec, { config, batch: 64, inputShapes: [[n]], inputs, parameters });
      return y.reduce((sum, value) => sum + value * value, 0) / y.length;
    });
    const mean = squares.reduce((sum, square) => sum + square, 0) / 4;
    // 512 draws of a squared coefficient, E[c⁴] = 3: standard error √(2 / 512) = 0.06, and heavy tails of x⁶
    expect(mean).toBeGreaterThan(0.75);
    expect(mean).toBeLessThan(1.25);
  });

  it("is a dense layer at the start of mode 'mixing', its powers in a group of their own", () => {
    const config: Partial<TaylorConfig> = { mode: 'mixing', units: 3 };
    const { kernelHigher } = createParameters(taylorSpec, config, [[4]], 1);
    expect(new Set(kernelHigher)).toEqual(new Set([0]));
    const groups = parameterSpecs(taylorSpec, config, [[4]]).map(({ name, group }) => [name, group]);
    expect(groups).toEqual([
      ['kernel', undefined],
      ['kernelHigher', 'higherOrder'],
      ['bias', undefined],
    ]);
  });

  it('keeps a stack of calibrated mixing layers bounded', () => {
    const config: Partial<TaylorConfig> = { mode: 'mixing', units: 64, coefficientInit: 'calibrated' };
    let x = Array.from(testRandom(5).normals(32 * 64));
    for (let layer = 0; layer < 8; layer++) {
      const parameters = createParameters(taylorSpec, config, [[64]], layer);
      x = runLayer(taylorSpec, { config, batch: 32, inputShapes: [[64]], inputs: [x], parameters });
    }
    const square = x.reduce((sum, value) => sum + value * value, 0) / x.length;
    expect(square).toBeGreaterThan(1 / 4);
    expect(square).toBeLessThan(4);
  });

  it('rejects units and starts that do not belong to its mode', () => {
    const run = (config: object) => () => runLayer(taylorSpec, { config, inputShapes: [[3]], inputs: [] });
    expect(run({ units: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected no units with mode 'cumulative', which keeps the features, got units: 2.

      Fix: leave units out, or pass mode: 'mixing']
    `);
    expect(run({ mode: 'mixing' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected units with mode 'mixing', got units: null.

      Fix: pass the number of outputs as units]
    `);
    expect(run({ mode: 'mixing', units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ mode: 'mixing', units: 2, degree: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected degree to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ mode: 'mixing', units: 2, coefficientInit: 'exp' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected coefficientInit of mode 'mixing' to be one of 'zerosAboveOne', 'randomOverFactorial', 'calibrated', got 'exp'.

      Fix: check the spelling of the value]
    `);
    expect(run({ coefficientInit: 'cos' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: taylor expected coefficientInit to be one of 'uniform', 'zerosAboveOne', 'exp', 'sin', 'randomOverFactorial', 'calibrated', got 'cos'.

      Fix: check the spelling of the value]
    `);
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
