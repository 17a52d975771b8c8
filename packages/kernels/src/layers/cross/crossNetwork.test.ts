import { expectClose, expectDegree, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../resolveConfig.js';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { crossMixSpec } from './crossMix.js';
import { type CrossNetworkConfig, crossNetworkSpec } from './crossNetwork.js';
import { featureCrossSpec } from './featureCross.js';
import { gatedCrossSpec } from './gatedCross.js';

const x0 = [0.1, 0.2, 0.3];
const ones = (count: number) => new Array<number>(count).fill(1);
const { elementwise, gradient } = tolerances.float64;

function network(config: Partial<CrossNetworkConfig>, x: ArrayLike<number>, parameters: object): number[] {
  return runLayer(crossNetworkSpec, {
    config,
    inputShapes: [[x.length]],
    inputs: [x],
    parameters: parameters as Record<string, number[]>,
  });
}

describe('crossNetwork', () => {
  // Expected values of TFRS multi_layer_dcn_test.py
  it('matches the TFRS golden of one step of rank 3', () => {
    const parameters = { kernelU0: ones(9), kernelV0: ones(9) };
    const config = { mode: 'lowRank', numLayers: 1, projectionDim: 3, useBias: false } as const;
    expectClose(network(config, x0, parameters), [0.28, 0.56, 0.84], elementwise);
  });

  it('matches the TFRS golden of one step of rank 1', () => {
    const parameters = { kernelU0: ones(3), kernelV0: ones(3) };
    const config = { mode: 'lowRank', numLayers: 1, projectionDim: 1, useBias: false } as const;
    expectClose(network(config, x0, parameters), [0.16, 0.32, 0.48], elementwise);
  });

  it('matches the TFRS golden of three steps with a bias of ones', () => {
    const parameters = Object.fromEntries(
      [0, 1, 2].flatMap((at) => ['kernelU', 'kernelV', 'bias'].map((name) => [`${name}${at}`, ones(3)])),
    );
    const config = { mode: 'lowRank', projectionDim: 1 } as const;
    expectClose(network(config, x0, parameters), [0.9256, 1.8512, 2.7768], elementwise);
  });

  it("computes the hand-worked example of 'vector'", () => {
    // [1, 2]·w = 3: [1, 2] 3 + b + [1, 2] = [4, 9]; [4, 9]·w = 13: [1, 2] 13 + b + [4, 9] = [17, 36]
    const parameters = { kernel0: [1, 1], bias0: [0, 1], kernel1: [1, 1], bias1: [0, 1] };
    expect(network({ mode: 'vector', numLayers: 2 }, [1, 2], parameters)).toEqual([17, 36]);
  });

  it('defect: torchrec VectorCrossNet documents the bias inside of the product, and adds it outside', () => {
    const parameters = { kernel0: [0, 0], bias0: [5, 7] };
    expect(network({ mode: 'vector', numLayers: 1 }, [2, 3], parameters)).toEqual([7, 10]);
    const matrix = { kernel0: [0, 0, 0, 0], bias0: [5, 7] };
    expect(network({ mode: 'matrix', numLayers: 1 }, [2, 3], matrix)).toEqual([12, 24]);
  });

  it('is x Π (1 + w_l x) for one feature', () => {
    const [x, weights] = [1.5, [0.5, -2, 3]];
    const parameters = Object.fromEntries(weights.map((weight, at) => [`kernel${at}`, [weight]]));
    const expected = weights.reduce((y, weight) => y * (1 + weight * x), x);
    for (const mode of ['vector', 'matrix'] as const)
      expectClose(network({ mode, useBias: false }, [x], parameters), [expected], elementwise);
  });

  const sameSteps = [
    ['matrix', featureCrossSpec, {}],
    ['lowRank', featureCrossSpec, { projectionDim: 2 }],
    ['mix', crossMixSpec, { numExperts: 2, projectionDim: 2 }],
    ['gated', gatedCrossSpec, {}],
  ] as const;
  it.each(sameSteps)("is a stack of the single layers in mode '%s'", (mode, spec, options) => {
    const config = { mode, numLayers: 3, ...options };
    const x = testRandom(2).normals(5);
    const parameters = createParameters(crossNetworkSpec, config, [[5]], 3);
    let y: ArrayLike<number> = x;
    for (const step of [0, 1, 2]) {
      const own = Object.entries(parameters).filter(([name]) => name.endsWith(String(step)));
      y = runLayer(spec as typeof featureCrossSpec, {
        config: options,
        inputShapes: [[5], [5]],
        inputs: [x, y],
        parameters: Object.fromEntries(own.map(([name, values]) => [name.slice(0, -1), values])),
      });
    }
    expect(network(config, x, parameters)).toEqual(y);
  });

  it.each([1, 2, 3, 4, 5, 6])('has degree exactly %i + 1', (numLayers) => {
    for (const mode of ['vector', 'matrix', 'lowRank', 'mix'] as const) {
      const config = { mode, numLayers, numExperts: 1, expertActivation: 'linear' } as const;
      const draws = testRandom(numLayers);
      const parameters = Object.fromEntries(
        parameterSpecs(crossNetworkSpec, config, [[3]]).map(({ name, shape }) => [
          name,
          draws.normals(shape.reduce((a, b) => a * b)),
        ]),
      );
      const degree = crossNetworkSpec.degree(resolveConfig(crossNetworkSpec, config));
      expect(degree).toBe(numLayers + 1);
      expectDegree((x) => network(config, x, parameters), { degree: numLayers + 1, dimension: 3 });
    }
  });

  it('has the linear part x and the terms of degree 2 to L + 1 without biases', () => {
    const config = { useBias: false, numLayers: 2 } as const;
    const parameters = { kernel0: testRandom(1).normals(9), kernel1: testRandom(2).normals(9) };
    const [once, minus, twice] = [1, -1, 2].map((factor) =>
      network(
        config,
        x0.map((value) => factor * value),
        parameters,
      ),
    );
    // y(t) = t x + t² q + t³ c, so y(1) - y(-1) = 2x + 2c and y(2) - 4 y(1) = -2x + 4c
    const linear = once.map((value, at) => {
      const cubic = (twice[at] - 4 * value + 2 * x0[at]) / 4;
      return (value - minus[at]) / 2 - cubic;
    });
    expectClose(linear, x0, gradient);
  });

  it('shares one gate among its steps', () => {
    const config = { mode: 'mix', numLayers: 3, numExperts: 2, projectionDim: 1 } as const;
    const shared = createParameters(
      crossNetworkSpec,
      { ...config, sharesGate: true, start: 'identity' },
      [[4]],
      1,
    );
    expect(Object.keys(shared).filter((name) => name.startsWith('gate'))).toEqual(['gateKernel']);
    const drawn = Object.fromEntries(
      Object.entries(shared).map(([name, { length }], at) => [name, testRandom(at).normals(length)]),
    );
    const { gateKernel, ...rest } = drawn;
    const repeated = { ...rest, gateKernel0: gateKernel, gateKernel1: gateKernel, gateKernel2: gateKernel };
    const x = testRandom(9).normals(4);
    expect(network({ ...config, sharesGate: true }, x, drawn)).toEqual(network(config, x, repeated));
  });

  it('counts the parameters of every mode', () => {
    const count = (config: Partial<CrossNetworkConfig>) => countParameters(crossNetworkSpec, config, [[8]]);
    expect(count({ mode: 'vector' })).toBe(3 * 16);
    expect(count({ mode: 'matrix' })).toBe(3 * 72);
    expect(count({ mode: 'lowRank' })).toBe(3 * (2 * 8 * 2 + 8));
    expect(count({ mode: 'mix' })).toBe(3 * (4 * (2 * 8 * 2 + 4 + 8) + 8));
    expect(count({ mode: 'mix', sharesGate: true })).toBe(3 * (4 * (2 * 8 * 2 + 4) + 8) + 32);
    expect(count({ mode: 'gated', useBias: false })).toBe(3 * 128);
  });

  it('rejects unknown words, sizes below 1 and several inputs', () => {
    const run =
      (config: object, inputShapes = [[3]]) =>
      () =>
        runLayer(crossNetworkSpec, { config, inputShapes, inputs: [] });
    expect(run({ mode: 'full' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossNetwork expected mode to be one of 'vector', 'matrix', 'lowRank', 'mix', 'gated', got 'full'.

      Fix: check the spelling of the value]
    `);
    expect(run({ numLayers: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossNetwork expected numLayers to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ start: 'random' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossNetwork expected start to be one of 'calibrated', 'identity', got 'random'.

      Fix: check the spelling of the value]
    `);
    expect(run({ mode: 'lowRank', projectionDim: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossNetwork expected projectionDim to be a whole number of at least 1, got -1.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ mode: 'mix', numExperts: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossNetwork expected numExperts to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ mode: 'mix', gate: 'tanh' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossNetwork expected gate to be one of 'softmax', 'sigmoid', got 'tanh'.

      Fix: check the spelling of the value]
    `);
    expect(run({}, [[3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: crossNetwork expected one input of rank 2 or more, got [batch, 3] and [batch, 3].

      Fix: join the inputs first, for example with concatenate]
    `);
    expect(run({ depth: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: crossNetwork expected options among mode, numLayers, projectionDim, numExperts, gate, expertActivation, sharesGate, useBias, start, kernelInitializer, biasInitializer, got 'depth'.

      Fix: check the spelling of the option]
    `);
  });
});
