import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { hyperDenseSpec } from './hyperDense.js';
import { type HyperNetworkConfig, hyperNetworkSpec } from './hyperNetwork.js';

describe('hyperNetwork', () => {
  it('computes the hand-worked example', () => {
    // θ = z [1, 2, -1, 3] + [0, 1, 0, 0]: z = 2 gives W_1 = 2, b_1 = 5, W_2 = -2, b_2 = 6
    const config: Partial<HyperNetworkConfig> = { taskUnits: [1, 1], hiddenUnits: [] };
    const parameters = { emissionKernel: [1, 2, -1, 3], emissionBias: [0, 1, 0, 0] };
    const run = (x: number) =>
      runLayer(hyperNetworkSpec, { config, inputShapes: [[1], [1]], inputs: [[x], [2]], parameters });
    // relu(2·3 + 5) = 11; relu(2·-4 + 5) = 0
    expect(run(3)).toEqual([-2 * 11 + 6]);
    expect(run(-4)).toEqual([6]);
  });

  it('equals hyperDense with the same generated layers and one hidden layer', () => {
    const shared = { hiddenActivation: 'tanh', taskActivation: 'tanh' } as const;
    const parameters = createParameters(
      hyperDenseSpec,
      { ...shared, units: 2, taskHiddenUnits: [5, 4], hiddenUnits: 6 },
      [[3]],
      1,
    );
    const { hiddenKernel, hiddenBias, ...emission } = parameters;
    const run = { batch: 2, inputShapes: [[3]], inputs: [testRandom(1).normals(6)] };
    expect(
      runLayer(hyperNetworkSpec, {
        ...run,
        config: { ...shared, taskUnits: [5, 4, 2], hiddenUnits: [6] },
        parameters: { ...emission, hidden0Kernel: hiddenKernel, hidden0Bias: hiddenBias },
      }),
    ).toEqual(
      runLayer(hyperDenseSpec, {
        ...run,
        config: { ...shared, units: 2, taskHiddenUnits: [5, 4], hiddenUnits: 6 },
        parameters,
      }),
    );
  });

  it.each<[string, Partial<HyperNetworkConfig>, number[][]]>([
    ['two hidden layers', { hiddenUnits: [4, 3] }, [[5], [2]]],
    ['a learned embedding', { weightSource: 'static', zEncoding: 'cosSin' }, [[5]]],
    ['chunks', { chunkSize: 9 }, [[5], [2]]],
  ])(
    "starts equal to a stack of dense layers, bit for bit, with base and start 'zeroDelta': %s",
    (_, given, inputShapes) => {
      const config: Partial<HyperNetworkConfig> = {
        taskUnits: [4, 3],
        base: true,
        start: 'zeroDelta',
        ...given,
      };
      const p = createParameters(hyperNetworkSpec, config, inputShapes, 3);
      const inputs = inputShapes.map(([size], at) => testRandom(at + 1).normals(2 * size));
      const dense = (units: number, from: number, x: ArrayLike<number>, layer: number) =>
        runLayer(denseSpec, {
          config: { units, activation: layer === 0 ? 'relu' : 'linear' },
          batch: 2,
          inputShapes: [[from]],
          inputs: [x],
          parameters: { kernel: p[`kernel${layer}Base`], bias: p[`bias${layer}Base`] },
        });
      expect(runLayer(hyperNetworkSpec, { config, batch: 2, inputShapes, inputs, parameters: p })).toEqual(
        dense(3, 4, dense(4, 5, inputs[0], 0), 1),
      );
    },
  );

  it('emits fewer weights with a rank or in chunks: 784-64-10 from 8 embedded features', () => {
    const count = (options: Partial<HyperNetworkConfig>) =>
      countParameters(
        hyperNetworkSpec,
        { taskUnits: [64, 10], hiddenUnits: [32], weightSource: 'static', ...options },
        [[784]],
      );
    const weights = 785 * 64 + 65 * 10;
    expect(count({})).toBe(8 + 9 * 32 + 33 * weights);
    // Cores of 16 and learned projections on both sides
    expect(count({ rank: 16, rankForm: 'core' })).toBe(
      8 + 9 * 32 + 33 * (2 * 256 + 74) + 16 * (784 + 64 + 64 + 10),
    );
    expect(count({ chunkSize: 512 })).toBe(8 + Math.ceil(weights / 512) * 8 + 17 * 32 + 33 * 512);
  });

  it('names its parameters', () => {
    const config: Partial<HyperNetworkConfig> = {
      taskUnits: [2, 1],
      hiddenUnits: [3, 3],
      weightSource: 'static',
      chunkSize: 4,
      base: true,
      rank: 1,
      rankForm: 'core',
    };
    expect(parameterSpecs(hyperNetworkSpec, config, [[2]]).map(({ name }) => name)).toEqual([
      'embedding',
      'chunkEmbedding',
      'hidden0Kernel',
      'hidden0Bias',
      'hidden1Kernel',
      'hidden1Bias',
      'emissionKernel',
      'core0Base',
      'bias0Base',
      'core1Base',
      'bias1Base',
      'projectionU0',
      'projectionV0',
      'projectionU1',
      'projectionV1',
    ]);
  });

  it('gives every sample alone what it gets in a batch', () => {
    const config: Partial<HyperNetworkConfig> = { taskUnits: [3, 2], weightSource: 'conditional' };
    const parameters = createParameters(hyperNetworkSpec, config, [[4, 3], [2]], 1);
    const [x, z] = [testRandom(1).normals(24), testRandom(2).normals(4)];
    const run = (batch: number, inputs: ArrayLike<number>[]) =>
      runLayer(hyperNetworkSpec, { config, batch, inputShapes: [[4, 3], [2]], inputs, parameters });
    const alone = [0, 1].flatMap((row) =>
      run(1, [x.slice(12 * row, 12 * row + 12), z.slice(2 * row, 2 * row + 2)]),
    );
    expectClose(run(2, [x, z]), alone, tolerances.float64.exact);
  });

  it('rejects networks without layers, and sizes below 1', () => {
    const run = (config: Partial<HyperNetworkConfig>) => () =>
      runLayer(hyperNetworkSpec, { config, inputShapes: [[3]], inputs: [] });
    expect(run({ taskUnits: [] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperNetwork expected the number of taskUnits to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ taskUnits: [3, 0] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperNetwork expected every one of taskUnits to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ taskUnits: [3], hiddenUnits: [2, Number.NaN] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperNetwork expected every one of hiddenUnits to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ taskUnits: [3], rank: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperNetwork expected rank to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
  });
});
