/** @file Convolution and pooling: windows by hand, and the loop that defines them. */
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type Conv2dConfig, conv2dSpec } from './conv2d.js';
import { averagePool2dSpec, globalAveragePool2dSpec, maxPool2dSpec } from './pooling2d.js';
import { asPair } from './windows.js';

const image = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const square = { inputShapes: [[3, 3, 1]], inputs: [image] };

/** The definition, element by element, for one image and one channel in and out. */
function correlate(
  x: ArrayLike<number>,
  size: number,
  kernel: ArrayLike<number>,
  config: Partial<Conv2dConfig>,
): number[] {
  const window = asPair(config.kernelSize ?? 1)[0];
  const stride = asPair(config.strides ?? 1)[0];
  const dilation = asPair(config.dilationRate ?? 1)[0];
  const span = (window - 1) * dilation + 1;
  const isSame = config.padding === 'same';
  const count = isSame ? Math.ceil(size / stride) : Math.floor((size - span) / stride) + 1;
  const before = isSame ? Math.floor(Math.max(0, (count - 1) * stride + span - size) / 2) : 0;
  const pixel = (r: number, c: number) => (r >= 0 && c >= 0 && r < size && c < size ? x[r * size + c] : 0);
  return Array.from({ length: count * count }, (_, at) => {
    const [row, column] = [Math.floor(at / count), at % count];
    let sum = 0;
    for (let i = 0; i < window; i++)
      for (let j = 0; j < window; j++)
        sum +=
          kernel[i * window + j] *
          pixel(row * stride + i * dilation - before, column * stride + j * dilation - before);
    return sum;
  });
}

describe('conv2d', () => {
  it('computes the hand-worked example', () => {
    const parameters = { kernel: [1, 0, 0, 1], bias: [100] };
    const run = { ...square, config: { filters: 1, kernelSize: 2 }, parameters };
    expect(runLayer(conv2dSpec, run)).toEqual([106, 108, 112, 114]);
  });

  it("puts the odd zero of padding 'same' after, as TensorFlow does", () => {
    const parameters = { kernel: [1, 0, 0, 1] };
    const config: Partial<Conv2dConfig> = { filters: 1, kernelSize: 2, padding: 'same', useBias: false };
    expect(runLayer(conv2dSpec, { ...square, config, parameters })).toEqual([6, 8, 3, 12, 14, 6, 7, 8, 9]);
  });

  const configs = [1, 2, 3].flatMap((kernelSize) =>
    [1, 2, 3].flatMap((strides) =>
      [1, 2].flatMap((dilationRate) =>
        (['valid', 'same'] as const).map((padding) => ({ kernelSize, strides, dilationRate, padding })),
      ),
    ),
  );

  it.each(configs)('equals the loop: %o', (options) => {
    const random = testRandom(1);
    const [x, kernel] = [random.normals(49), random.normals(options.kernelSize ** 2)];
    const config: Partial<Conv2dConfig> = { ...options, filters: 1, useBias: false };
    const y = runLayer(conv2dSpec, { config, inputShapes: [[7, 7, 1]], inputs: [x], parameters: { kernel } });
    expectClose(y, correlate(x, 7, kernel, config), tolerances.float64.contraction(9));
  });

  it("counts the parameters of the document's CNN: 896 for 32 filters over three channels", () => {
    expect(countParameters(conv2dSpec, { filters: 32, kernelSize: 3 }, [[32, 32, 3]])).toBe(896);
  });

  it('rejects images without channels, images smaller than a window, and options out of range', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(conv2dSpec, { config: { filters: 1, kernelSize: 2, ...config }, inputShapes, inputs: [] });
    expect(run({}, [[28, 28]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: conv2d expected one input [batch, height, width, channels], got [batch, 28, 28].

      Fix: reshape the input to four axes, channels last]
    `);
    expect(run({ strides: [1, 2, 3] as never }, [[4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: conv2d expected strides to be one number, or rows and columns, got [1,2,3].

      Fix: pass strides: 3, or strides: [3, 3]]
    `);
    expect(run({ kernelSize: true as never }, [[4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: conv2d expected kernelSize to be a whole number of at least 1, got true.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ kernelSize: [3, 2], dilationRate: 2 }, [[4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: conv2d expected an image of at least 5 x 3, got 4 x 4.

      Fix: use padding: 'same', or a smaller window]
    `);
    expect(run({ strides: 0 }, [[4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: conv2d expected strides to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ padding: 'full' }, [[4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: conv2d expected padding to be one of 'valid', 'same', got 'full'.

      Fix: check the spelling of the value]
    `);
    expect(run({ filters: 0 }, [[4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: conv2d expected filters to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
  });
});

describe('pooling', () => {
  it('computes the hand-worked examples', () => {
    const config = { strides: 1 };
    expect(runLayer(maxPool2dSpec, { ...square, config })).toEqual([5, 6, 8, 9]);
    expect(runLayer(averagePool2dSpec, { ...square, config })).toEqual([3, 4, 6, 7]);
    expect(runLayer(globalAveragePool2dSpec, { ...square, config: {} })).toEqual([5]);
  });

  it("ignores the padding of 'same', also below zero", () => {
    const negative = { ...square, inputs: [image.map((value) => -value)] };
    const config = { padding: 'same' } as const;
    expect(runLayer(maxPool2dSpec, { ...negative, config })).toEqual([-1, -3, -7, -9]);
    expect(runLayer(averagePool2dSpec, { ...negative, config })).toEqual([-3, -4.5, -7.5, -9]);
  });

  it('has no NaN in first and second derivatives next to padding', () => {
    const f = layerFunction(maxPool2dSpec, { padding: 'same' }, { batch: 1, inputShapes: [[3, 3, 1]] });
    const vector = Float64Array.from(image);
    expect(Array.from(f.gradient(vector)).every(Number.isFinite)).toBe(true);
    expect(Array.from(f.hessianProduct(vector, vector))).toEqual(new Array(9).fill(0));
  });

  it('shares the derivative of equal maxima', () => {
    const f = layerFunction(maxPool2dSpec, {}, { batch: 1, inputShapes: [[2, 2, 1]] });
    const gradient = f.gradient(Float64Array.of(1, 3, 3, 2));
    expect(gradient[1]).toBe(gradient[2]);
    expect([gradient[0], gradient[3]]).toEqual([0, 0]);
  });

  it('rejects images smaller than a window, and sizes below 1', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(maxPool2dSpec, { config, inputShapes, inputs: [] });
    expect(run({ poolSize: 3 }, [[2, 5, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: maxPool2d expected an image of at least 3 x 3, got 2 x 5.

      Fix: use padding: 'same', or a smaller window]
    `);
    expect(run({ poolSize: [0, 2] }, [[4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: maxPool2d expected poolSize to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(
      run({}, [
        [4, 4, 1],
        [4, 4, 1],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: maxPool2d expected one input [batch, height, width, channels], got [batch, 4, 4, 1] and [batch, 4, 4, 1].

      Fix: reshape the input to four axes, channels last]
    `);
  });
});
