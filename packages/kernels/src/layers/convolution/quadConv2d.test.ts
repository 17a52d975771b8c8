import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { conv2dSpec } from '../stock/conv2d.js';
import { runLayer } from '../testing/runLayer.js';
import { type QuadConv2dConfig, type QuadConv2dVariant, quadConv2dSpec } from './quadConv2d.js';

const variants: readonly QuadConv2dVariant[] = ['fan', 'product', 'quadralib', 'square'];
const row = { inputShapes: [[1, 3, 1]], inputs: [[1, 2, 3]] };

/** Mean square of the outputs for standard normal images and weights of several seeds. */
function meanSquare(config: Partial<QuadConv2dConfig>, size: number, channels: number): number {
  const inputShapes = [[size, size, channels]];
  const squares = [1, 2, 3, 4].flatMap((seed) => {
    const parameters = createParameters(quadConv2dSpec, config, inputShapes, seed);
    const inputs = [testRandom(seed).normals(4 * size * size * channels)];
    return runLayer(quadConv2dSpec, { config, batch: 4, inputShapes, inputs, parameters }).map((y) => y * y);
  });
  return squares.reduce((a, b) => a + b) / squares.length;
}

describe('quadConv2d', () => {
  it('computes the hand-worked example of every variant', () => {
    const window = { filters: 1, kernelSize: [1, 2] } as const;
    const biases = { biasR: [1], biasG: [2], biasC: [5], biasL: [5] };
    const kernels = { kernelR: [1, 0], kernelG: [0, 1], kernelB: [1, 1], kernelL: [10, 0] };
    const run = (variant: QuadConv2dVariant) => {
      const config: Partial<QuadConv2dConfig> = { ...window, variant };
      const names = parameterSpecs(quadConv2dSpec, config, row.inputShapes).map(({ name }) => name);
      const all: Record<string, number[]> = { ...kernels, ...biases };
      const parameters = Object.fromEntries(names.map((name) => [name, all[name]]));
      return runLayer(quadConv2dSpec, { ...row, config, parameters });
    };
    // Windows [1, 2] and [2, 3]: (1 + 1)(2 + 2) + (1 + 4) + 5 and (2 + 1)(3 + 2) + (4 + 9) + 5
    expect(run('fan')).toEqual([18, 33]);
    expect(run('product')).toEqual([8, 15]);
    // 1·2 + 10 + 5 and 2·3 + 20 + 5
    expect(run('quadralib')).toEqual([17, 31]);
    // (1 + 4) + 10 + 5 and (4 + 9) + 20 + 5
    expect(run('square')).toEqual([20, 38]);
  });

  it.each(
    variants.flatMap((variant) => [
      { variant, padding: 'same', strides: 2, dilationRate: 1 } as const,
      { variant, padding: 'valid', strides: 1, dilationRate: 2 } as const,
    ]),
  )("starts equal to conv2d, bit for bit, with start 'relinear': %o", (options) => {
    const config: Partial<QuadConv2dConfig> = {
      filters: 3,
      kernelSize: [3, 2],
      activation: 'tanh',
      ...options,
    };
    const { variant: _, ...plain } = config;
    const inputShapes = [[6, 5, 2]];
    const parameters = createParameters(quadConv2dSpec, config, inputShapes, 4);
    const run = { batch: 2, inputShapes, inputs: [testRandom(1).normals(120)] };
    const kernel = parameters.kernelL ?? parameters.kernelR;
    const bias = parameters.biasL ?? parameters.biasR;
    expect(runLayer(quadConv2dSpec, { ...run, config, parameters })).toEqual(
      runLayer(conv2dSpec, { ...run, config: plain, parameters: { kernel, bias } }),
    );
  });

  it("has unit mean square with start 'calibrated', for every variant", () => {
    // 4 seeds of 8 filters: the mean squares of single filters scatter by √(2/18), their mean by 0.06
    for (const variant of variants) {
      const config: Partial<QuadConv2dConfig> = { filters: 8, kernelSize: 3, variant, start: 'calibrated' };
      expect(Math.abs(meanSquare(config, 8, 2) - 1)).toBeLessThan(0.2);
    }
  });

  it("keeps the mean square within a factor of 2 over eight layers of start 'calibrated', and 'random' does not", () => {
    const through = (start: 'calibrated' | 'random') => {
      const config: Partial<QuadConv2dConfig> = { filters: 64, kernelSize: 1, start };
      let inputs: ArrayLike<number> = testRandom(3).normals(2 * 4 * 64);
      for (let depth = 0; depth < 8; depth++) {
        const inputShapes = [[2, 2, 64]];
        const parameters = createParameters(quadConv2dSpec, config, inputShapes, depth);
        inputs = runLayer(quadConv2dSpec, { config, batch: 2, inputShapes, inputs: [inputs], parameters });
      }
      return Array.from(inputs).reduce((sum, y) => sum + y * y, 0) / inputs.length;
    };
    expect(Math.abs(Math.log2(through('calibrated')))).toBeLessThan(1);
    expect(through('random')).toBeGreaterThan(1e6);
  });

  it('with groups, convolves each group of channels by itself', () => {
    const [filters, channels, groups] = [4, 6, 2];
    const config: Partial<QuadConv2dConfig> = { filters, kernelSize: 2, groups, start: 'random' };
    const inputShapes = [[3, 3, channels]];
    const parameters = createParameters(quadConv2dSpec, config, inputShapes, 1);
    const x = testRandom(2).normals(9 * channels);
    const y = runLayer(quadConv2dSpec, { config, inputShapes, inputs: [x], parameters });
    for (let group = 0; group < groups; group++) {
      const part = (values: ArrayLike<number>, width: number) =>
        Array.from(values).filter((_, at) => Math.floor((at % (groups * width)) / width) === group);
      const own = Object.fromEntries(
        Object.entries(parameters).map(([name, values]) => [name, part(values, filters / groups)]),
      );
      const alone = runLayer(quadConv2dSpec, {
        config: { ...config, filters: filters / groups, groups: 1 },
        inputShapes: [[3, 3, channels / groups]],
        inputs: [part(x, channels / groups)],
        parameters: own,
      });
      expectClose(alone, part(y, filters / groups), tolerances.float64.contraction(12));
    }
  });

  it('marks what the linear start does without', () => {
    const groupOf = (variant: QuadConv2dVariant) =>
      parameterSpecs(quadConv2dSpec, { filters: 1, kernelSize: 1, variant }, [[1, 1, 1]])
        .filter(({ group }) => group === 'higherOrder')
        .map(({ name }) => name);
    expect(groupOf('fan')).toEqual(['kernelG', 'kernelB', 'biasG', 'biasC']);
    expect(groupOf('square')).toEqual(['kernelB']);
  });

  // Its Type 1 calls super of a class that does not exist, and so does its Type 3; Type 3 and 4 take no bias or groups
  it.each(variants)('defect: QuadraLib crashes on construction or lacks biases and groups, %s', (variant) => {
    const config: Partial<QuadConv2dConfig> = {
      filters: 2,
      kernelSize: 2,
      groups: 2,
      variant,
      start: 'random',
    };
    const inputShapes = [[2, 2, 2]];
    for (const useBias of [true, false]) {
      const parameters = createParameters(quadConv2dSpec, { ...config, useBias }, inputShapes, 1);
      expect(Object.keys(parameters).some((name) => name.startsWith('bias'))).toBe(useBias);
      const inputs = [testRandom(1).normals(8)];
      const run = { config: { ...config, useBias }, inputShapes, inputs, parameters };
      expect(runLayer(quadConv2dSpec, run).every(Number.isFinite)).toBe(true);
    }
  });

  it('rejects words, groups and starts that it does not take', () => {
    const run =
      (config: object, inputShapes = [[4, 4, 4]]) =>
      () =>
        runLayer(quadConv2dSpec, {
          config: { filters: 4, kernelSize: 2, ...config },
          inputShapes,
          inputs: [],
        });
    expect(run({ variant: 'symmetric' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadConv2d expected variant to be one of 'fan', 'product', 'quadralib', 'square', got 'symmetric'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'zeros' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadConv2d expected start to be one of 'relinear', 'random', 'document', 'calibrated', got 'zeros'.

      Fix: check the spelling of the value]
    `);
    expect(run({ useBias: false })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadConv2d expected useBias: true with start 'relinear', whose linear path is the bias b_g = 1, got useBias: false.

      Fix: pass start: 'random', or keep the biases, or take a variant with a kernelL such as 'quadralib']
    `);
    expect(run({ groups: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadConv2d expected groups to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ groups: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadConv2d expected groups to divide the 4 filters, got 3.

      Fix: pass a number of filters that is a multiple of groups]
    `);
    expect(run({ groups: 4 }, [[4, 4, 2]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: quadConv2d expected a number of channels that groups: 4 divides, got 2.

      Fix: pass groups that divide the channels, 1 for all of them at once]
    `);
    expect(run({ kernelSize: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadConv2d expected kernelSize to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({}, [[4, 4]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: quadConv2d expected one input [batch, height, width, channels], got [batch, 4, 4].

      Fix: reshape the input to four axes, channels last]
    `);
    expect(run({ kernelSize: 5 })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: quadConv2d expected an image of at least 5 x 5, got 4 x 4.

      Fix: use padding: 'same', or a smaller window]
    `);
  });
});
