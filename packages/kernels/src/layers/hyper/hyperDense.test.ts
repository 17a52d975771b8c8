import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { type HyperDenseConfig, hyperDenseSpec } from './hyperDense.js';

const document: Partial<HyperDenseConfig> = { units: 1, taskHiddenUnits: [5], hiddenUnits: 10 };

describe('hyperDense', () => {
  it('computes the hand-worked example', () => {
    // No hidden layer: θ = [w1, w2, b] = z [[1, 0, 2], [0, 1, 0]] + [0, 0, 1]
    const parameters = { emissionKernel: [1, 0, 2, 0, 1, 0], emissionBias: [0, 0, 1] };
    const inputs = [
      [5, 7],
      [3, 4],
    ];
    // w = [3, 4], b = 7: 15 + 28 + 7
    expect(
      runLayer(hyperDenseSpec, {
        config: { units: 1, hiddenUnits: 0 },
        inputShapes: [[2], [2]],
        inputs,
        parameters,
      }),
    ).toEqual([50]);
  });

  it('has the 326 parameters of the document: Lift 3-10-26 for Task 3-5-1', () => {
    expect(countParameters(hyperDenseSpec, document, [[3]])).toBe(326);
  });

  it('equals dense when the emission does not depend on z', () => {
    const random = testRandom(2);
    const [kernel, bias, inputs] = [random.normals(6), random.normals(2), [random.normals(12)]];
    const config: Partial<HyperDenseConfig> = { units: 2, hiddenUnits: 3, activation: 'tanh' };
    const parameters = {
      ...createParameters(hyperDenseSpec, config, [[3]], 1),
      emissionKernel: new Array<number>(24).fill(0),
      emissionBias: [...kernel, ...bias],
    };
    const run = { batch: 4, inputShapes: [[3]], inputs };
    expectClose(
      runLayer(hyperDenseSpec, { ...run, config, parameters }),
      runLayer(denseSpec, { ...run, config: { units: 2, activation: 'tanh' }, parameters: { kernel, bias } }),
      tolerances.float64.elementwise,
    );
  });

  it('gives each sample weights of its own', () => {
    const parameters = createParameters(hyperDenseSpec, document, [[3]], 5);
    const run = (batch: number, inputs: ArrayLike<number>[]) =>
      runLayer(hyperDenseSpec, { config: document, batch, inputShapes: [[3]], inputs, parameters });
    const x = Array.from(testRandom(8).normals(9));
    const alone = [0, 3, 6].flatMap((from) => run(1, [x.slice(from, from + 3)]));
    expect(run(3, [x])).toEqual(alone);
  });

  it('gives a rank-4 input the rows of the flattened one', () => {
    const parameters = createParameters(hyperDenseSpec, document, [[3], [2]], 6);
    const inputs = [testRandom(1).normals(24), testRandom(2).normals(16)];
    const run = (inputShapes: number[][], batch: number) =>
      runLayer(hyperDenseSpec, { config: document, batch, inputShapes, inputs, parameters });
    expect(
      run(
        [
          [2, 2, 3],
          [2, 2, 2],
        ],
        2,
      ),
    ).toEqual(run([[3], [2]], 8));
  });

  it('emits fewer weights at a low rank', () => {
    const emitted = (rank: number | null) =>
      parameterSpecs(hyperDenseSpec, { units: 10, useBias: false, rank }, [[20]]).at(-1)?.shape;
    expect([emitted(null), emitted(2)]).toEqual([[200], [60]]);
  });

  it('starts with generated kernels of variance 1 / fan-in for unit-variance z', () => {
    const config = { units: 8, hiddenUnits: 0, useBias: false } as const;
    const { emissionKernel } = createParameters(hyperDenseSpec, config, [[16], [32]], 3);
    // θ = z E: its variance is 32 times that of E. 4096 uniform draws: the sample variance is within 10 % at 7 sigma.
    const variance =
      (32 * Array.from(emissionKernel).reduce((sum, value) => sum + value * value, 0)) /
      emissionKernel.length;
    expect(variance * 16).toBeGreaterThan(0.9);
    expect(variance * 16).toBeLessThan(1.1);
  });

  it('takes the law of the document on request', () => {
    const emissionInitializer = {
      kind: 'varianceScaling',
      scale: 1,
      mode: 'fanAvg',
      distribution: 'uniform',
    } as const;
    const specs = parameterSpecs(hyperDenseSpec, { ...document, emissionInitializer }, [[3]]);
    expect(specs.find(({ name }) => name === 'emissionKernel')?.initializer).toEqual(emissionInitializer);
  });

  it('rejects inputs whose leading axes differ, and sizes below 1', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(hyperDenseSpec, { config: { units: 1, ...config }, inputShapes, inputs: [] });
    expect(run({}, [[2, 3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: hyperDense expected inputs [x] or [x, z] of rank 2 or more that differ in the last axis only, got [batch, 2, 3] and [batch, 3].

      Fix: repeat z along the axes of x, or flatten x]
    `);
    expect(run({}, [[3], [3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: hyperDense expected inputs [x] or [x, z] of rank 2 or more that differ in the last axis only, got [batch, 3] and [batch, 3] and [batch, 3].

      Fix: repeat z along the axes of x, or flatten x]
    `);
    expect(run({ hiddenUnits: -1 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected hiddenUnits to be a whole number of at least 0, got -1.

      Fix: pass a whole number from 0 on]
    `);
    expect(run({ taskHiddenUnits: [5, 0] }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected every one of taskHiddenUnits to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ rank: 0 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected rank to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
  });
});
