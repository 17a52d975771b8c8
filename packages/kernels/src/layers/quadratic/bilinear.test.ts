import { expectClose, expectMultilinear, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { bilinearSpec } from './bilinear.js';

describe('bilinear', () => {
  it('computes the hand-worked example', () => {
    const run = {
      inputShapes: [[2], [3]],
      inputs: [
        [1, 2],
        [3, 4, 5],
      ],
    };
    // (1 + 2)(3 + 4 + 5) + 7, and 1·4 - 2·5
    const parameters = { kernel: [1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, -1], bias: [7, 0] };
    expect(runLayer(bilinearSpec, { ...run, config: { units: 2 }, parameters })).toEqual([43, -6]);
  });

  it('is linear in each of its inputs', () => {
    const parameters = createParameters(bilinearSpec, { units: 3, useBias: false }, [[4], [2]], 1);
    const f = (x: Float64Array, z: Float64Array) =>
      runLayer(bilinearSpec, {
        config: { units: 3, useBias: false },
        inputShapes: [[4], [2]],
        inputs: [x, z],
        parameters,
      });
    expectMultilinear(f, { dimensions: [4, 2] });
  });

  it('swaps its inputs when each kernel slice is transposed', () => {
    const kernel = Array.from(testRandom(1).normals(12));
    const swapped = [0, 1].flatMap((k) =>
      [0, 1].flatMap((j) => [0, 1, 2].map((i) => kernel[6 * k + 2 * i + j])),
    );
    const [x, z] = [testRandom(2).normals(6), testRandom(3).normals(4)];
    const run = { config: { units: 2, useBias: false }, batch: 2 };
    expectClose(
      runLayer(bilinearSpec, {
        ...run,
        inputShapes: [[2], [3]],
        inputs: [z, x],
        parameters: { kernel: swapped },
      }),
      runLayer(bilinearSpec, { ...run, inputShapes: [[3], [2]], inputs: [x, z], parameters: { kernel } }),
      tolerances.float64.contraction(6),
    );
  });

  it('is the product of the inputs with one feature each', () => {
    const run = { config: { units: 1, useBias: false }, inputShapes: [[1], [1]], inputs: [[3], [-4]] };
    expect(runLayer(bilinearSpec, { ...run, parameters: { kernel: [2] } })).toEqual([-24]);
  });

  it('keeps unit variance whatever the law of its independent inputs', () => {
    // Values of ±1 have unit variance; all pairs of signs of [2] and [3] features are 32 points.
    const signs = (count: number) =>
      Array.from({ length: 2 ** count }, (_, at) =>
        Array.from({ length: count }, (_, bit) => ((at >> bit) & 1 ? 1 : -1)),
      );
    const pairs = signs(2).flatMap((x) => signs(3).map((z) => [x, z]));
    const config = { units: 2000 } as const;
    const y = runLayer(bilinearSpec, {
      config,
      batch: 32,
      inputShapes: [[2], [3]],
      inputs: [pairs.flatMap(([x]) => x), pairs.flatMap(([, z]) => z)],
      parameters: createParameters(bilinearSpec, config, [[2], [3]], 5),
    });
    // Over the signs y² averages to Σ W², six uniforms of variance 1/6 a unit: Var W² = 4/5 / 36, so the mean over 2000
    // units has standard deviation √(6 · 0.8 / 36 / 2000) = 0.0082; four of them.
    const moment = y.reduce((total, value) => total + value * value, 0) / y.length;
    expect(Math.abs(moment - 1)).toBeLessThan(0.033);
  });

  it('rejects what it does not take', () => {
    const run = (config: object, inputShapes: number[][]) =>
      expect(() => runLayer(bilinearSpec, { config, inputShapes, inputs: [] }));
    run({ units: 0 }, [[2], [3]]).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: bilinear expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    run({ units: 1 }, [[2]]).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: bilinear expected two inputs [x, z] of rank 2 or more that differ in the last axis only, got [batch, 2].

      Fix: reshape or repeat one of them; for a form of one input take quadraticForm]
    `);
    run({ units: 1 }, [[2], [2], [2]]).toThrow(/two inputs/);
    run({ units: 1 }, [
      [4, 2],
      [5, 2],
    ]).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: bilinear expected two inputs [x, z] of rank 2 or more that differ in the last axis only, got [batch, 4, 2] and [batch, 5, 2].

      Fix: reshape or repeat one of them; for a form of one input take quadraticForm]
    `);
    run({ units: 1 }, [[4, 2], [2]]).toThrow(/differ in the last axis only/);
  });
});
