import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { backwardVariance, forwardVariances } from '../quadratic/testing/stackVariances.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { gluSpec } from './glu.js';
import { swigluFeedForwardSpec } from './swigluFeedForward.js';

describe('swigluFeedForward', () => {
  it('computes the hand-worked example', () => {
    const parameters = {
      gateKernel: [1, 0, 0, 1],
      valueKernel: [1, 1, 1, 1],
      gateBias: [0, -1],
      valueBias: [0, 1],
      outputKernel: [1, 10],
      outputBias: [5],
    };
    // hidden [1·3, (2 - 1)·(3 + 1)], then 3 + 40 + 5
    const config = { units: 1, hiddenUnits: 2, gate: 'relu' } as const;
    expect(
      runLayer(swigluFeedForwardSpec, { config, inputShapes: [[2]], inputs: [[1, 2]], parameters }),
    ).toEqual([48]);
  });

  it('is glu and then dense', () => {
    const config = { units: 3, hiddenUnits: 5, start: 'random' } as const;
    const { outputKernel, outputBias, ...gate } = createParameters(swigluFeedForwardSpec, config, [[4]], 2);
    const run = { batch: 3, inputShapes: [[4]], inputs: [testRandom(1).normals(12)] };
    const hidden = runLayer(gluSpec, {
      ...run,
      config: { units: 5, gate: 'swish', start: 'random' },
      parameters: gate,
    });
    const parameters = { kernel: outputKernel, bias: outputBias };
    expect(
      runLayer(swigluFeedForwardSpec, { ...run, config, parameters: { ...gate, outputKernel, outputBias } }),
    ).toEqual(
      runLayer(denseSpec, {
        config: { units: 3 },
        batch: 3,
        inputShapes: [[5]],
        inputs: [hidden],
        parameters,
      }),
    );
  });

  it('has by default the weights of a block of two kernels with 4 n hidden units', () => {
    const count = (n: number) => countParameters(swigluFeedForwardSpec, { useBias: false }, [[n]]);
    expect(count(3)).toBe(8 * 3 * 3);
    expect(count(96)).toBe(8 * 96 * 96);
    // 8·64/3 = 170.67 is rounded to 171
    expect(count(64)).toBe(3 * 64 * 171);
    expect(count(1)).toBe(3 * 3);
  });

  it("is linear with start 'linear'", () => {
    const config = { units: 2, hiddenUnits: 6, start: 'linear' } as const;
    const parameters = createParameters(swigluFeedForwardSpec, config, [[3]], 1);
    const run = (x: readonly number[]) =>
      runLayer(swigluFeedForwardSpec, { config, inputShapes: [[3]], inputs: [x], parameters });
    const [a, b] = [run([1, -2, 3]), run([-0.5, 4, 1])];
    const sums = a.map((value, at) => value + b[at]);
    expectClose(run([0.5, 2, 4]), sums, tolerances.float64.contraction(18));
  });

  it('keeps the variance of eight blocks of width 64 within a factor of 4', () => {
    const stack = { width: 64, depth: 8, batch: 8, seed: 1 };
    const variances = [
      ...forwardVariances(swigluFeedForwardSpec, {}, stack),
      backwardVariance(swigluFeedForwardSpec, {}, stack),
    ];
    expect(Math.max(...variances)).toBeLessThan(4);
    expect(Math.min(...variances)).toBeGreaterThan(1 / 4);
    expect(forwardVariances(swigluFeedForwardSpec, { start: 'random' }, stack)[7]).toBeLessThan(1e-3);
  });

  it('marks the gate as higher order', () => {
    const specs = parameterSpecs(swigluFeedForwardSpec, {}, [[3]]);
    expect(specs.map(({ name, group = '-' }) => `${name} ${group}`)).toEqual([
      'gateKernel higherOrder',
      'valueKernel -',
      'gateBias higherOrder',
      'valueBias -',
      'outputKernel -',
      'outputBias -',
    ]);
  });

  it('rejects what it does not take', () => {
    const run = (config: object, inputShapes = [[3]]) =>
      expect(() => runLayer(swigluFeedForwardSpec, { config, inputShapes, inputs: [] }));
    run({ units: 0 }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: swigluFeedForward expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    run({ hiddenUnits: 2.5 }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: swigluFeedForward expected hiddenUnits to be a whole number of at least 1, got 2.5.

      Fix: pass a whole number from 1 on]
    `);
    run({ gate: 'tanh' }).toThrow(/gate to be one of/);
    run({ start: 'linear', useBias: false }).toThrow(/held at 1 by its bias/);
    run({ start: 'zero' }).toThrow(/start to be one of/);
    run({}, [[]]).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: swigluFeedForward expected one input of rank 2 or more, got [batch].

      Fix: reshape the input]
    `);
  });
});
