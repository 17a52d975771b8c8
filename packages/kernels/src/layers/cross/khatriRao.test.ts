import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { runLayer } from '../testing/runLayer.js';
import { featureCrossSpec } from './featureCross.js';
import { type KhatriRaoConfig, khatriRaoSpec } from './khatriRao.js';

function khatriRao(config: Partial<KhatriRaoConfig>, x: ArrayLike<number>, parameters: object): number[] {
  return runLayer(khatriRaoSpec, {
    config,
    inputShapes: [[x.length]],
    inputs: [x],
    parameters: parameters as Record<string, number[]>,
  });
}

describe('khatriRao', () => {
  it('computes the hand-worked example', () => {
    // row 0: relu([1, 2] I + [0, -5]) = [1, 0]; row 1: relu([2, 1] + [0, 1]) = [2, 2]; y = [1, 2] ⊙ [3, 2] + [1, 2]
    const parameters = { kernel: [1, 0, 0, 1, 0, 1, 1, 0], bias: [0, -5, 0, 1] };
    expect(khatriRao({}, [1, 2], parameters)).toEqual([4, 6]);
  });

  it('is a feature cross with the sum of its kernels when φ is linear', () => {
    const x = testRandom(1).normals(3);
    const [kernel, bias] = [testRandom(2).normals(27), testRandom(3).normals(9)];
    const summed = (values: Float64Array, size: number) =>
      Array.from({ length: size }, (_, at) => values[at] + values[at + size] + values[at + 2 * size]);
    const cross = runLayer(featureCrossSpec, {
      config: {},
      inputShapes: [[3]],
      inputs: [x],
      parameters: { kernel: summed(kernel, 9), bias: summed(bias, 3) },
    });
    const y = khatriRao({ numRows: 3, midActivation: 'linear' }, x, { kernel, bias });
    expectClose(y, cross, tolerances.float64.contraction(9));
  });

  it('pairs product i with the feature that the heads put in place i', () => {
    // 2 fields [0 1 2 3] and [4 5 6 7] of 2 heads: head 0 has 0 1 4 5, head 1 has 2 3 6 7
    const order = [0, 1, 4, 5, 2, 3, 6, 7];
    const x = testRandom(4).normals(8);
    const factor = testRandom(5).normals(8);
    const config = { numRows: 1, numHeads: 2, numFields: 2, midActivation: 'linear' } as const;
    const y = khatriRao(config, x, { kernel: new Float64Array(64), bias: factor });
    expect(y).toEqual(order.map((from, at) => x[from] * factor[at] + x[at]));
  });

  it('is the same for any number of heads of one field, which only name parts', () => {
    const x = testRandom(6).normals(6);
    const parameters = { kernel: testRandom(7).normals(72), bias: testRandom(8).normals(12) };
    const y = khatriRao({}, x, parameters);
    for (const numHeads of [2, 3, 6]) expect(khatriRao({ numHeads }, x, parameters)).toEqual(y);
  });

  it('rejects features that do not divide, sizes below 1, and a start that relu would hold fast', () => {
    const run = (config: object) => () =>
      runLayer(khatriRaoSpec, { config, inputShapes: [[2, 6]], inputs: [] });
    expect(run({ numHeads: 2, numFields: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: khatriRao expected features that divide into 2 fields of 2 heads, got [batch, 2, 6].

      Fix: choose numFields · numHeads as a divisor of the number of features]
    `);
    expect(run({ numRows: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: khatriRao expected numRows to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ numHeads: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: khatriRao expected numHeads to be a whole number of at least 1, got 1.5.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ numFields: -2 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: khatriRao expected numFields to be a whole number of at least 1, got -2.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ start: 'linear' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: khatriRao expected start to be one of 'calibrated', 'identity', got 'linear'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'identity' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: khatriRao expected midActivation to be 0 at 0 with a slope there for start 'identity', as linear, tanh, swish and leakyRelu are, got 'relu', with value 0 and slope 0.

      Fix: pass start: 'calibrated', or another midActivation]
    `);
  });
});
