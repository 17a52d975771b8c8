import { sizeOf } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { type CondDenseConfig, condDenseSpec } from './condDense.js';

/** Values away from the start for every parameter. */
function scattered(config: Partial<CondDenseConfig>, inputShapes: number[][], seed: number) {
  const random = testRandom(seed);
  return Object.fromEntries(
    parameterSpecs(condDenseSpec, config, inputShapes).map(({ name, shape }) => [
      name,
      random.normals(sizeOf(shape)),
    ]),
  );
}

describe('condDense', () => {
  it('computes the hand-worked example', () => {
    const parameters = {
      kernel: [1, 2, 10, 20],
      bias: [0, 100],
      // z = 0: σ = 1/2 each; z = ln 3: [3/4, 1/4]
      routingKernel: [1, -1],
      routingBias: [0, 0],
    };
    const run = (z: number, config: Partial<CondDenseConfig>) =>
      runLayer(condDenseSpec, {
        config: { units: 1, experts: 2, ...config },
        inputShapes: [[2], [1]],
        inputs: [[3, 4], [z]],
        parameters,
      });
    // Experts give 3 + 8 = 11 and 30 + 80 + 100 = 210
    expect(run(0, {})).toEqual([(11 + 210) / 2]);
    expectClose(run(Math.log(3), {}), [(3 * 11 + 210) / 4], tolerances.float64.transcendental);
    // softmax of [ln 3, -ln 3] / 2 is [3, 1] / 4
    expectClose(
      run(Math.log(3), { routing: 'softmax', temperature: 2 }),
      [(3 * 11 + 210) / 4],
      tolerances.float64.transcendental,
    );
  });

  it.each(['sigmoid', 'softmax'] as const)('mixes weights or outputs to the same value: %s', (routing) => {
    const config: Partial<CondDenseConfig> = { units: 3, experts: 4, routing };
    const parameters = scattered(config, [[5], [2]], 1);
    const [x, z] = [testRandom(2).normals(2 * 6 * 5), testRandom(3).normals(2 * 2)];
    const repeated = [0, 1].flatMap((row) =>
      new Array<number[]>(6).fill(Array.from(z.slice(2 * row, 2 * row + 2))).flat(),
    );
    const run = (zs: ArrayLike<number>, zShape: number[]) =>
      runLayer(condDenseSpec, {
        config,
        batch: 2,
        inputShapes: [[6, 5], zShape],
        inputs: [x, zs],
        parameters,
      });
    expectClose(run(z, [2]), run(repeated, [6, 2]), tolerances.float64.contraction(20));
  });

  it('equals its single expert under softmax, and that expert times its share under sigmoid', () => {
    const config: Partial<CondDenseConfig> = { units: 3, experts: 1, activation: 'tanh' };
    const parameters = scattered(config, [[5]], 1);
    const run = { batch: 4, inputShapes: [[5]], inputs: [testRandom(2).normals(20)] };
    const { kernel, bias } = parameters;
    const dense = runLayer(denseSpec, {
      ...run,
      config: { units: 3, activation: 'tanh' },
      parameters: { kernel, bias },
    });
    expect(
      runLayer(condDenseSpec, { ...run, config: { ...config, routing: 'softmax' }, parameters }),
    ).toEqual(dense);
    const half = { ...parameters, routingKernel: new Float64Array(5), routingBias: [0] };
    const doubled = { kernel: kernel.map((value) => 2 * value), bias: bias.map((value) => 2 * value) };
    expect(runLayer(condDenseSpec, { ...run, config, parameters: { ...half, ...doubled } })).toEqual(dense);
  });

  it.each(['sigmoid', 'softmax'] as const)('starts linear with the variance of its input: %s', (routing) => {
    const config: Partial<CondDenseConfig> = { units: 64, experts: 4, routing };
    const shapes = [[96]];
    const parameters = createParameters(condDenseSpec, config, shapes, 5);
    const inputs = [testRandom(2).normals(64 * 96)];
    const run = { config, batch: 64, inputShapes: shapes, parameters };
    const y = runLayer(condDenseSpec, { ...run, inputs });
    // Standard error 3 %: 4096 outputs, 64 inputs of 96 features, 64 columns of kernels
    const variance = y.reduce((sum, value) => sum + value * value, 0) / y.length;
    expect(Math.abs(variance - 1)).toBeLessThan(0.1);
    const doubled = runLayer(condDenseSpec, { ...run, inputs: [inputs[0].map((value) => 2 * value)] });
    expect(doubled).toEqual(y.map((value) => 2 * value));
  });

  it('draws each expert on its own fans: [E, n, units] is a stack of [n, units]', () => {
    const config: Partial<CondDenseConfig> = {
      units: 30,
      experts: 5,
      kernelInitializer: { kind: 'varianceScaling', scale: 1, mode: 'fanAvg', distribution: 'uniform' },
    };
    const { kernel } = createParameters(condDenseSpec, config, [[70]], 1);
    const bound = Math.sqrt(6 / 100);
    const largest = Math.max(...kernel.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(0.99 * bound);
    expect(kernel.slice(0, 2100)).not.toEqual(kernel.slice(2100, 4200));
  });

  it('rejects inputs, sizes and options that mean nothing', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(condDenseSpec, { config: { units: 2, ...config }, inputShapes, inputs: [] });
    expect(run({}, [[2], [3, 2]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: condDense expected inputs [x] or [x, z] with z [batch, ..., m] over the batch, or over more of the leading axes of x [batch, ..., n], got [batch, 2] and [batch, 3, 2].

      Fix: pass z beside x, with no axis before its features that x does not have]
    `);
    expect(run({}, [])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: condDense expected inputs [x] or [x, z] with z [batch, ..., m] over the batch, or over more of the leading axes of x [batch, ..., n], got none.

      Fix: pass z beside x, with no axis before its features that x does not have]
    `);
    expect(run({ units: 0 }, [[2]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: condDense expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ experts: 0 }, [[2]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: condDense expected experts to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ routing: 'hard' }, [[2]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: condDense expected routing to be one of 'sigmoid', 'softmax', got 'hard'.

      Fix: check the spelling of the value]
    `);
    for (const temperature of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(run({ temperature }, [[2]])).toThrow('temperature to be a finite number above 0');
    expect(run({ temperature: 0 }, [[2]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: condDense expected temperature to be a finite number above 0, got 0.

      Fix: pass temperature: 1 for plain shares]
    `);
  });
});
