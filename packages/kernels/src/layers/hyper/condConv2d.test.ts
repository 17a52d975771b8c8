import { sizeOf } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { type Conv2dConfig, conv2dSpec } from '../stock/conv2d.js';
import { runLayer } from '../testing/runLayer.js';
import { type CondConv2dConfig, condConv2dSpec } from './condConv2d.js';

const window: Partial<Conv2dConfig> = { filters: 2, kernelSize: [3, 2], strides: [1, 2], padding: 'same' };
const shape = [4, 5, 3];

function scattered(config: Partial<CondConv2dConfig>, inputShapes: number[][]) {
  const random = testRandom(1);
  return Object.fromEntries(
    parameterSpecs(condConv2dSpec, config, inputShapes).map(({ name, shape: own }) => [
      name,
      random.normals(sizeOf(own)),
    ]),
  );
}

/** conv2d with the kernel of one expert. */
function expert(parameters: Record<string, Float64Array>, k: number, image: ArrayLike<number>): number[] {
  const size = 3 * 2 * 3 * 2;
  return runLayer(conv2dSpec, {
    config: window,
    inputShapes: [shape],
    inputs: [image],
    parameters: {
      kernel: parameters.kernel.slice(k * size, (k + 1) * size),
      bias: parameters.bias.slice(2 * k, 2 * k + 2),
    },
  });
}

describe('condConv2d', () => {
  it('computes the hand-worked example', () => {
    // One pixel of mean 3 (1, 2, 4, 5): logits ±(3 - 3) give 1/2 each; windows of one pixel
    const parameters = { kernel: [2, 10], bias: [0, 4], routingKernel: [1, -1], routingBias: [-3, 3] };
    const run = { config: { filters: 1, kernelSize: 1, experts: 2 }, parameters };
    const y = runLayer(condConv2dSpec, { ...run, inputShapes: [[2, 2, 1]], inputs: [[1, 2, 4, 5]] });
    expect(y).toEqual([8, 14, 26, 32]);
    // z takes the place of the mean: logits ±(3 + ln 3 - 3) give 3/4 and 1/4
    const routed = runLayer(condConv2dSpec, {
      ...run,
      inputShapes: [[2, 2, 1], [1]],
      inputs: [[1, 2, 4, 5], [3 + Math.log(3)]],
    });
    expectClose(routed, [5, 9, 17, 21], tolerances.float64.transcendental);
  });

  it.each(['sigmoid', 'softmax'] as const)(
    'equals the mixture of the outputs of its experts: %s',
    (routing) => {
      const config: Partial<CondConv2dConfig> = { ...window, experts: 3, routing, temperature: 2 };
      const parameters = scattered(config, [shape]);
      const images = [0, 1].map((seed) => Array.from(testRandom(9 + seed).normals(60)));
      const y = runLayer(condConv2dSpec, {
        config,
        batch: 2,
        inputShapes: [shape],
        inputs: [images.flat()],
        parameters,
      });
      const mixtures = images.map((image) => {
        const means = [0, 1, 2].map(
          (channel) =>
            image.filter((_, at) => at % 3 === channel).reduce((sum, value) => sum + value, 0) / 20,
        );
        const logits = [0, 1, 2].map((k) =>
          means.reduce(
            (sum, value, m) => sum + value * parameters.routingKernel[3 * m + k],
            parameters.routingBias[k],
          ),
        );
        const powers = logits.map((logit) => Math.exp(logit / 2));
        const shares =
          routing === 'softmax'
            ? powers.map((power) => power / powers.reduce((sum, value) => sum + value))
            : powers.map((power) => power / (1 + power));
        const outputs = shares.map((_, k) => expert(parameters, k, image));
        return outputs[0].map((_, at) => shares.reduce((sum, share, k) => sum + share * outputs[k][at], 0));
      });
      expectClose(y, mixtures.flat(), tolerances.float64.contraction(80));
    },
  );

  it('equals conv2d with a single expert under softmax', () => {
    const config: Partial<CondConv2dConfig> = { ...window, experts: 1, routing: 'softmax' };
    const parameters = scattered(config, [shape]);
    const image = testRandom(3).normals(60);
    expect(runLayer(condConv2dSpec, { config, inputShapes: [shape], inputs: [image], parameters })).toEqual(
      expert(parameters, 0, image),
    );
  });

  it.each(['sigmoid', 'softmax'] as const)('starts with the variance of its input: %s', (routing) => {
    const config: Partial<CondConv2dConfig> = { filters: 32, kernelSize: 3, experts: 4, routing };
    const inputShapes = [[6, 6, 16]];
    const parameters = createParameters(condConv2dSpec, config, inputShapes, 5);
    const inputs = [testRandom(2).normals(8 * 576)];
    const y = runLayer(condConv2dSpec, { config, batch: 8, inputShapes, inputs, parameters });
    const variance = y.reduce((sum, value) => sum + value * value, 0) / y.length;
    expect(Math.abs(variance - 1)).toBeLessThan(0.1);
  });

  it('rejects other inputs, and images smaller than a window', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(condConv2dSpec, { config: { filters: 1, kernelSize: 2, ...config }, inputShapes, inputs: [] });
    expect(run({}, [[3, 3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: condConv2d expected inputs [x] or [x, z], x [batch, height, width, channels] and z [batch, m], got [batch, 3, 3].

      Fix: reshape the image to four axes, channels last, and z to two]
    `);
    expect(
      run({}, [
        [3, 3, 1],
        [2, 2],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: condConv2d expected inputs [x] or [x, z], x [batch, height, width, channels] and z [batch, m], got [batch, 3, 3, 1] and [batch, 2, 2].

      Fix: reshape the image to four axes, channels last, and z to two]
    `);
    expect(run({}, [[1, 3, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: condConv2d expected an image of at least 2 x 2, got 1 x 3.

      Fix: use padding: 'same', or a smaller window]
    `);
    expect(run({ filters: 0 }, [[3, 3, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: condConv2d expected filters to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ experts: 1.5 }, [[3, 3, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: condConv2d expected experts to be a whole number of at least 1, got 1.5.

      Fix: pass a whole number from 1 on]
    `);
  });
});
