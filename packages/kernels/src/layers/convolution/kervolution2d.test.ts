import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { conv2dSpec } from '../stock/conv2d.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type Kervolution2dConfig, kervolution2dSpec } from './kervolution2d.js';
import type { PatchKernelName } from './patchKernels.js';

const window: Partial<Kervolution2dConfig> = { filters: 1, kernelSize: [1, 2] };
const row = { inputShapes: [[1, 3, 1]], inputs: [[1, 2, 3]] };

describe('kervolution2d', () => {
  it('computes the hand-worked example of every kernel', () => {
    // Windows [1, 2] and [2, 3], filter [1, 0], bias 100
    const parameters = { kernel: [1, 0], bias: [100] };
    const run = (config: Partial<Kervolution2dConfig>) =>
      runLayer(kervolution2dSpec, { ...row, config: { ...window, ...config }, parameters });
    expect(run({ kernel: 'linear' })).toEqual([101, 102]);
    expect(run({ kernel: 'polynomial' })).toEqual([100 + 4, 100 + 9]);
    expect(run({ kernel: 'polynomial', degree: 3, offset: 2 })).toEqual([127, 164]);
    expect(run({ kernel: 'l1' })).toEqual([102, 104]);
    expect(run({ kernel: 'l2' })).toEqual([102, 100 + Math.sqrt(10)]);
    expect(run({ kernel: 'gaussian', gamma: 0.5 })).toEqual([100 + Math.exp(-2), 100 + Math.exp(-5)]);
    expect(run({ kernel: 'sigmoid' })).toEqual([100 + Math.tanh(1), 100 + Math.tanh(2)]);
  });

  it.each(['linear', 'polynomial'] as const)(
    "is conv2d with kernel '%s' of degree 1 and offset 0",
    (kernel) => {
      const options = { filters: 3, kernelSize: 2, padding: 'same', strides: 2, activation: 'tanh' } as const;
      const config: Partial<Kervolution2dConfig> = { ...options, kernel, degree: 1, offset: 0 };
      const inputShapes = [[5, 4, 2]];
      const parameters = createParameters(kervolution2dSpec, config, inputShapes, 1);
      const run = { inputShapes, inputs: [testRandom(1).normals(40)], parameters };
      expect(runLayer(kervolution2dSpec, { ...run, config })).toEqual(
        runLayer(conv2dSpec, { ...run, config: options }),
      );
    },
  );

  it('expands a polynomial of degree 2 into convolutions of orders 0, 1 and 2', () => {
    // (s + c)² = s² + 2 c s + c²
    const inputShapes = [[3, 3, 2]];
    const given = {
      inputShapes,
      inputs: [testRandom(1).normals(18)],
      parameters: { kernel: testRandom(2).normals(8) },
    };
    const config: Partial<Kervolution2dConfig> = { filters: 1, kernelSize: 2, useBias: false, offset: 0.3 };
    const s = runLayer(conv2dSpec, { ...given, config: { filters: 1, kernelSize: 2, useBias: false } });
    expectClose(
      runLayer(kervolution2dSpec, { ...given, config }),
      s.map((value) => value * value + 2 * 0.3 * value + 0.3 ** 2),
      tolerances.float64.contraction(8),
    );
  });

  it('learns its constant as a square, from the value of the option', () => {
    const value = (config: Partial<Kervolution2dConfig>) =>
      createParameters(kervolution2dSpec, { ...window, learnConstant: true, ...config }, [[2, 3, 4]], 1)
        .rootConstant;
    expectClose(value({ offset: 4 }), [2], tolerances.float32.exact);
    expectClose(value({ kernel: 'gaussian', gamma: 9 }), [3], tolerances.float32.exact);
    // 1 / (1·2·4)
    expectClose(value({ kernel: 'gaussian' }), [Math.sqrt(1 / 8)], tolerances.float32.elementwise);
    const learnt = { kernel: [1, 0], bias: [0], rootConstant: [-3] };
    const config = { ...window, learnConstant: true };
    expect(runLayer(kervolution2dSpec, { ...row, config, parameters: learnt })).toEqual([100, 121]);
  });

  it.each([
    [1, 0],
    [2, 1],
    [3, 1],
    [3, 0.3],
  ])("has mean 0 and variance 1 with start 'calibrated', degree %d, offset %d", (degree, offset) => {
    const config: Partial<Kervolution2dConfig> = {
      filters: 16,
      kernelSize: 3,
      degree,
      offset,
      start: 'calibrated',
    };
    const inputShapes = [[8, 8, 4]];
    const values = [1, 2, 3, 4].flatMap((seed) => {
      const parameters = createParameters(kervolution2dSpec, config, inputShapes, seed);
      const inputs = [testRandom(seed).normals(4 * 256)];
      return runLayer(kervolution2dSpec, { config, batch: 4, inputShapes, inputs, parameters });
    });
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / values.length;
    // Of 64 filters over 36 values: the lengths alone scatter the mean square by √(2/36/64) = 3% a power
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(variance - 1)).toBeLessThan(0.25);
  });

  // tf.norm and torch's have NaN there: (0 / 0)
  it('defect: kervolution libraries have a NaN gradient of l2 where a window equals a filter', () => {
    const f = layerFunction(
      kervolution2dSpec,
      { ...window, kernel: 'l2' },
      { batch: 1, inputShapes: [[1, 2, 1]] },
    );
    const vector = Float64Array.of(0.5, -2, 0.5, -2, 7);
    expect(Array.from(f.output(vector))).toEqual([7]);
    const gradient = f.gradient(vector);
    expect(Array.from(gradient.slice(0, 4))).toEqual([0, 0, 0, 0]);
    expect(Array.from(f.hessianProduct(vector, Float64Array.of(1, 2, 3, 4, 5))).every(Number.isFinite)).toBe(
      true,
    );
  });

  // amalF/Kervolution adds cp at zeros and gamma at ones whenever they are trained
  it('defect: Kervolution ignores the given constant as soon as it is trained', () => {
    for (const config of [{ offset: 0.25 }, { kernel: 'gaussian', gamma: 0.25 }] as const) {
      const inputs = [testRandom(3).normals(6)];
      const run = (learnConstant: boolean) => {
        const full = { ...window, ...config, learnConstant };
        const parameters = createParameters(kervolution2dSpec, full, [[1, 3, 2]], 1);
        return runLayer(kervolution2dSpec, { config: full, inputShapes: [[1, 3, 2]], inputs, parameters });
      };
      expectClose(run(true), run(false), tolerances.float64.elementwise);
    }
  });

  it('defect: kervolution libraries default to gamma 1, which vanishes for large windows', () => {
    const inputShapes = [[5, 5, 8]];
    const inputs = [testRandom(1).normals(200)];
    const largest = (gamma: number | null) => {
      const config: Partial<Kervolution2dConfig> = { filters: 4, kernelSize: 5, kernel: 'gaussian', gamma };
      const parameters = createParameters(kervolution2dSpec, config, inputShapes, 1);
      return Math.max(...runLayer(kervolution2dSpec, { config, inputShapes, inputs, parameters }));
    };
    // The smallest float32 above 0 is 1.4e-45
    expect(largest(1)).toBeLessThan(1e-45);
    expect(largest(null)).toBeGreaterThan(0.2);
    expect(largest(null)).toBeLessThan(0.6);
  });

  // tf-keras-kervolution-2d calls the mean of squares L2 and the mean of distances L1
  it('defect: tf-keras-kervolution-2d calls means norms; here a window twice as long is twice as far', () => {
    const distance = (kernel: PatchKernelName, width: number) => {
      const config: Partial<Kervolution2dConfig> = {
        filters: 1,
        kernelSize: [1, width],
        kernel,
        useBias: false,
      };
      const parameters = { kernel: new Array<number>(width).fill(0) };
      const inputs = [new Array<number>(width).fill(3)];
      return runLayer(kervolution2dSpec, { config, inputShapes: [[1, width, 1]], inputs, parameters })[0];
    };
    expect([distance('l1', 4), distance('l1', 8)]).toEqual([12, 24]);
    expect([distance('l2', 4), distance('l2', 16)]).toEqual([6, 12]);
  });

  it('rejects words and constants that it does not take', () => {
    const run = (config: object) => () =>
      runLayer(kervolution2dSpec, { ...row, config: { ...window, ...config } });
    expect(run({ kernel: 'cubic' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected kernel to be one of 'linear', 'polynomial', 'gaussian', 'l1', 'l2', 'sigmoid', got 'cubic'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'relinear' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected start to be one of 'random', 'calibrated', got 'relinear'.

      Fix: check the spelling of the value]
    `);
    expect(run({ degree: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected degree to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ degree: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected degree to be a whole number of at least 1, got 1.5.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ offset: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected offset to be a finite number of at least 0, got -1.

      Fix: pass offset: 0 for x.w alone]
    `);
    expect(run({ offset: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected offset to be a finite number of at least 0, got NaN.

      Fix: pass offset: 0 for x.w alone]
    `);
    expect(run({ gamma: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected gamma to be null or a finite number above 0, got 0.

      Fix: pass null for 1 / (values of a window)]
    `);
    expect(run({ learnConstant: true, offset: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected an offset above 0 with learnConstant, got 0.

      Fix: start above 0: c = rootConstant² has slope 0 at 0]
    `);
    expect(run({ learnConstant: true, kernel: 'l1' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected learnConstant with kernel 'polynomial' (c) or 'gaussian' (gamma), got kernel 'l1'.

      Fix: leave learnConstant out: this kernel has no constant]
    `);
    expect(run({ start: 'calibrated', kernel: 'sigmoid' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected start 'calibrated' with kernel 'linear' or 'polynomial', got kernel 'sigmoid'.

      Fix: pass start: 'random' and normalise the output: this kernel has no law of unit variance]
    `);
    expect(run({ filters: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: kervolution2d expected filters to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
  });
});
