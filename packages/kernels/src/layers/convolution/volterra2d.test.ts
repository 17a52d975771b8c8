import { costOf } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { layerProgram } from '../../layerProgram.js';
import { createParameters, parameterSpecs } from '../parameters.js';
import { conv2dSpec } from '../stock/conv2d.js';
import { runLayer } from '../testing/runLayer.js';
import { upperPairs } from './pairForm.js';
import { type Volterra2dConfig, volterra2dSpec } from './volterra2d.js';

const row = { inputShapes: [[1, 3, 1]], inputs: [[1, 2, 3]] };

describe('volterra2d', () => {
  it('computes the hand-worked example', () => {
    // Windows [1, 2] and [2, 3]: 10 + x0 + 2 x1 + 3 x0² + 5 x0 x1 + 7 x1²
    const parameters = { kernel: [1, 2], kernelPairs: [3, 5, 7], bias: [10] };
    const config = { filters: 1, kernelSize: [1, 2] } as const;
    expect(runLayer(volterra2dSpec, { ...row, config, parameters })).toEqual([
      10 + 1 + 4 + 3 + 10 + 28,
      10 + 2 + 6 + 12 + 30 + 63,
    ]);
  });

  it('computes the hand-worked example with a rank', () => {
    // (x0 + x1)(x0 - x1) + x1·x1
    const parameters = { kernel: [0, 0], kernelLeft: [1, 0, 1, 1], kernelRight: [1, 0, -1, 1] };
    const config = { filters: 1, kernelSize: [1, 2], rank: 2, useBias: false } as const;
    expect(runLayer(volterra2dSpec, { ...row, config, parameters })).toEqual([1, 4]);
  });

  // pairForm changes its way between 4 and 5 filters at 8 values a window
  it.each([1, 4, 5, 9])('equals the double loop over pairs of a window, %d filters', (filters) => {
    const config: Partial<Volterra2dConfig> = { filters, kernelSize: 2, useBias: false };
    const random = testRandom(1);
    const [x, kernelPairs] = [random.normals(8), random.normals(36 * filters)];
    const parameters = { kernel: new Float64Array(8 * filters), kernelPairs };
    const y = runLayer(volterra2dSpec, { config, inputShapes: [[2, 2, 2]], inputs: [x], parameters });
    const expected = y.map((_, f) =>
      upperPairs(8).reduce((sum, [i, j], at) => sum + kernelPairs[at * filters + f] * x[i] * x[j], 0),
    );
    expectClose(y, expected, tolerances.float64.contraction(64));
  });

  it.each([null, 2])("starts equal to conv2d, bit for bit, with start 'linear' and rank %s", (rank) => {
    const options = {
      filters: 3,
      kernelSize: [3, 2],
      padding: 'same',
      strides: 2,
      activation: 'tanh',
    } as const;
    const inputShapes = [[5, 4, 2]];
    const parameters = createParameters(volterra2dSpec, { ...options, rank }, inputShapes, 1);
    const run = { inputShapes, inputs: [testRandom(1).normals(40)], parameters };
    const { kernel, bias } = parameters;
    expect(runLayer(volterra2dSpec, { ...run, config: { ...options, rank } })).toEqual(
      runLayer(conv2dSpec, { ...run, config: options, parameters: { kernel, bias } }),
    );
  });

  it.each([null, 3])("has unit mean square with start 'calibrated' and rank %s", (rank) => {
    const config: Partial<Volterra2dConfig> = { filters: 16, kernelSize: [1, 3], rank, start: 'calibrated' };
    const inputShapes = [[8, 8, 3]];
    const squares = [1, 2, 3, 4].flatMap((seed) => {
      const parameters = createParameters(volterra2dSpec, config, inputShapes, seed);
      const inputs = [testRandom(seed).normals(4 * 192)];
      return runLayer(volterra2dSpec, { config, batch: 4, inputShapes, inputs, parameters }).map(
        (y) => y * y,
      );
    });
    // 64 filters over 9 values: their lengths scatter the mean by √(2/9/64) = 6%
    expect(Math.abs(squares.reduce((a, b) => a + b) / squares.length - 1)).toBeLessThan(0.2);
  });

  it('gives the second order a small share of its own in the calibrated start', () => {
    const config: Partial<Volterra2dConfig> = { filters: 40, kernelSize: [1, 3], start: 'calibrated' };
    const inputShapes = [[1, 3, 3]];
    const parameters = createParameters(volterra2dSpec, config, inputShapes, 1);
    const inputs = [testRandom(1).normals(200 * 9)];
    const y = runLayer(volterra2dSpec, {
      config,
      batch: 200,
      inputShapes,
      inputs,
      parameters: { ...parameters, kernel: new Float64Array(9 * 40) },
    });
    const share = y.reduce((sum, value) => sum + value * value, 0) / y.length;
    expect(Math.abs(64 * share - 1)).toBeLessThan(0.25);
  });

  it('forms no p² products of a window: scratch and work grow as its cost says', () => {
    const shape = (p: number, filters: number) => {
      const config = { filters, kernelSize: [1, p] } as const;
      const program = layerProgram(volterra2dSpec, config, { batch: 8, inputShapes: [[1, p, 1]] });
      return costOf(program).flops / 8;
    };
    // Contractions: 2 p² F and lower orders; products: p² F and lower orders
    const [p, few, many] = [64, 4, 256];
    expect(shape(p, few)).toBeLessThan(2.2 * p * p * few);
    expect(shape(p, many)).toBeLessThan(1.1 * p * p * many);
  });

  it('marks the second order', () => {
    const second = (rank: number | null) =>
      parameterSpecs(volterra2dSpec, { filters: 1, kernelSize: 1, rank }, [[1, 1, 1]])
        .filter(({ group }) => group === 'higherOrder')
        .map(({ name }) => name);
    expect(second(null)).toEqual(['kernelPairs']);
    expect(second(1)).toEqual(['kernelLeft', 'kernelRight']);
  });

  // Type 1 reads the unfolded image [B, p, positions] as [B, positions, p] by .view: each "window" mixes several
  it('defect: QuadraLib Type1 scrambles windows by view where a transpose is needed', () => {
    const config: Partial<Volterra2dConfig> = { filters: 1, kernelSize: 2, useBias: false };
    const random = testRandom(4);
    const image = random.normals(9);
    const parameters = { kernel: new Float64Array(4), kernelPairs: random.normals(10) };
    const run = (inputs: ArrayLike<number>, size: number) =>
      runLayer(volterra2dSpec, { config, inputShapes: [[size, size, 1]], inputs: [inputs], parameters });
    const alone = [0, 1, 3, 4].map(
      (at) =>
        run(
          [0, 1, 3, 4].map((step) => image[at + step]),
          2,
        )[0],
    );
    expectClose(run(image, 3), alone, tolerances.float64.contraction(16));
  });

  // Type 1 folds to the size of the input whatever the stride and padding
  it('defect: QuadraLib Type1 fails unless the output is as large as the input', () => {
    const config = { filters: 2, kernelSize: 3, strides: 2 } as const;
    const parameters = createParameters(volterra2dSpec, config, [[7, 7, 1]], 1);
    const inputs = [testRandom(1).normals(49)];
    expect(runLayer(volterra2dSpec, { config, inputShapes: [[7, 7, 1]], inputs, parameters }).length).toBe(
      18,
    );
  });

  it('rejects words and ranks that it does not take', () => {
    const run =
      (config: object, inputShapes = [[4, 4, 1]]) =>
      () =>
        runLayer(volterra2dSpec, {
          config: { filters: 1, kernelSize: 2, ...config },
          inputShapes,
          inputs: [],
        });
    expect(run({ start: 'relinear' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: volterra2d expected start to be one of 'linear', 'random', 'calibrated', got 'relinear'.

      Fix: check the spelling of the value]
    `);
    expect(run({ rank: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: volterra2d expected rank to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ rank: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: volterra2d expected rank to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ filters: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: volterra2d expected filters to be a whole number of at least 1, got -1.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ padding: 'full' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: volterra2d expected padding to be one of 'valid', 'same', got 'full'.

      Fix: check the spelling of the value]
    `);
    expect(run({}, [[4, 4]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: volterra2d expected one input [batch, height, width, channels], got [batch, 4, 4].

      Fix: reshape the input to four axes, channels last]
    `);
  });
});
