import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type MaskBlockConfig, maskBlockSpec } from './maskBlock.js';

const linear: Partial<MaskBlockConfig> = { units: 2, useLayerNorm: false, activation: 'linear' };

describe('maskBlock', () => {
  it('computes the hand-worked example', () => {
    const parameters = {
      maskHiddenKernel: [1, -1],
      maskHiddenBias: [0, 1],
      maskKernel: [1, 2, 3, 4],
      maskBias: [1, 0],
      kernel: [1, 0, 1, 1],
    };
    // v = 2: relu([2, -1]) = [2, 0], mask [2, 4] + [1, 0] = [3, 4]; ⊙ [1, 2] = [3, 8]; W: [3 + 8, 8]
    const y = runLayer(maskBlockSpec, {
      config: linear,
      inputShapes: [[1], [2]],
      inputs: [[2], [1, 2]],
      parameters,
    });
    expect(y).toEqual([11, 8]);
  });

  it('normalises rows to mean beta and deviation gamma', () => {
    const config = { units: 50, epsilon: 1e-18, activation: 'linear', start: 'calibrated' } as const;
    const parameters = {
      ...createParameters(maskBlockSpec, config, [[6]], 1),
      gamma: new Array<number>(50).fill(3),
      beta: new Array<number>(50).fill(2),
    };
    const y = runLayer(maskBlockSpec, {
      config,
      inputShapes: [[6]],
      inputs: [testRandom(1).normals(6)],
      parameters,
    });
    const mean = y.reduce((total, value) => total + value, 0) / 50;
    const variance = y.reduce((total, value) => total + (value - mean) ** 2, 0) / 50;
    expectClose([mean, variance], [2, 9], tolerances.float64.gradient);
  });

  it("starts equal to dense, bit for bit, with start 'identity' and no normalisation", () => {
    const parameters = createParameters(maskBlockSpec, linear, [[3], [4]], 2);
    const inputs = [testRandom(1).normals(6), testRandom(2).normals(8)];
    const y = runLayer(maskBlockSpec, {
      config: linear,
      batch: 2,
      inputShapes: [[3], [4]],
      inputs,
      parameters,
    });
    const dense = runLayer(denseSpec, {
      config: { units: 2, useBias: false },
      batch: 2,
      inputShapes: [[4]],
      inputs: [inputs[1]],
      parameters: { kernel: parameters.kernel },
    });
    expect(y).toEqual(dense);
  });

  it('has finite derivatives where a row is constant', () => {
    const config = { units: 3, activation: 'linear' } as const;
    const f = layerFunction(maskBlockSpec, config, { batch: 1, inputShapes: [[2]] });
    const zeros = new Float64Array(f.dimension);
    expect(Array.from(f.output(zeros))).toEqual([0, 0, 0]);
    expect(f.gradient(zeros).every(Number.isFinite)).toBe(true);
    expect(f.hessianProduct(zeros, testRandom(1).normals(f.dimension)).every(Number.isFinite)).toBe(true);
  });

  it('takes the width of its mask from the features that it masks, and never none', () => {
    const width = (reductionRatio: number) =>
      createParameters(maskBlockSpec, { units: 2, reductionRatio }, [[3], [5]], 1).maskHiddenBias.length;
    expect([2, 1, 0.5, 0.01].map(width)).toEqual([10, 5, 2, 1]);
  });

  it('rejects inputs that differ in leading axes, and options out of range', () => {
    const run =
      (config: object, inputShapes: number[][] = [[3]]) =>
      () =>
        runLayer(maskBlockSpec, { config, inputShapes, inputs: [] });
    expect(run({ units: 2 }, [[2, 3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: maskBlock expected inputs [v] or [v, h] of rank 2 or more that differ in the last axis only, got [batch, 2, 3] and [batch, 3].

      Fix: repeat one input along the axes of the other, or flatten both]
    `);
    expect(run({})).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: maskBlock expected 'units' (number of outputs), got no value.

      Fix: pass it: maskBlock({ units: ... })]
    `);
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: maskBlock expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: maskBlock expected two units or more with useLayerNorm, got units: 1, a row that is always 0 once its mean is taken off.

      Fix: pass useLayerNorm: false]
    `);
    expect(run({ units: 2, reductionRatio: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: maskBlock expected reductionRatio to be a finite number above 0, got 0.

      Fix: pass reductionRatio: 1, the default]
    `);
    expect(run({ units: 2, epsilon: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: maskBlock expected epsilon to be a finite number above 0, got NaN.

      Fix: pass epsilon: 0.00001, the default]
    `);
    expect(run({ units: 2, start: 'ones' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: maskBlock expected start to be one of 'calibrated', 'identity', got 'ones'.

      Fix: check the spelling of the value]
    `);
  });
});
