import { createReferenceBackend } from '@polyneuron/backend';
import { expectClose, tolerances } from '@polyneuron/testing';
import { memory, type Scalar, setBackend, slice, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { model as functional, input, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate, predict } from './index.js';
import { draws, setSeededWeights } from './testing/samples.js';
import { tfjsBackends } from './testing/tfjsBackends.js';

const close = tolerances.float32.transcendental;
const samples = 22;

function classifier(): LayersModel {
  const model = sequential({
    layers: [
      layers.dense({ units: 5, inputShape: [4], activation: 'tanh', kernelRegularizer: 'l1l2' }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  setSeededWeights(model, 3);
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['acc', 'mse'] });
  return model;
}

/** Two inputs, two outputs of different widths. */
function twoHeads(): LayersModel {
  const [a, b] = [input({ shape: [4], name: 'a' }), input({ shape: [2], name: 'b' })];
  const joined = layers.concatenate().apply([a, b]);
  const wide = layers.dense({ units: 3, name: 'wide' }).apply(joined);
  const narrow = layers.dense({ units: 1, activation: 'sigmoid', name: 'narrow' }).apply(joined);
  const model = functional({ inputs: [a, b], outputs: [wide, narrow] as never });
  setSeededWeights(model, 4);
  model.compile({
    optimizer: 'sgd',
    loss: { wide: 'meanSquaredError', narrow: 'binaryCrossentropy' },
    metrics: ['mae'],
  });
  return model;
}

const read = (tensors: Tensor | Tensor[]): number[] =>
  [tensors].flat().flatMap((one) => Array.from(one.dataSync()));

describe.each(tfjsBackends)('on tfjs %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  it.each([1, 8, 11, 32])('evaluate equals model.evaluate with batchSize %i', async (batchSize) => {
    const model = classifier();
    const [x, y] = [draws(1).normal(samples, 4), draws(2).oneHot(samples, 3)];
    const tensors = memory().numTensors;
    const actual = (await evaluate(model, x, y, { batchSize })) as Scalar[];
    expect(memory().numTensors).toBe(tensors + 3);
    expectClose(read(actual), read(model.evaluate(x, y, { batchSize })), close);
  });

  it('evaluate gives one scalar where there is nothing but the loss', async () => {
    const model = classifier();
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const [x, y] = [draws(1).normal(samples, 4), draws(2).oneHot(samples, 3)];
    const actual = (await evaluate(model, x, y)) as Scalar;
    expectClose(read(actual), read(model.evaluate(x, y)), close);
  });

  it('evaluate gives total, losses and metrics of several outputs, where tfjs gives running totals first', async () => {
    const model = twoHeads();
    const random = draws(5);
    const x = [random.normal(samples, 4), random.normal(samples, 2)];
    const y = [random.normal(samples, 3), random.binary(samples, 1)];
    const actual = read(await evaluate(model, x, y));
    // tfjs: [first loss, total, first loss, second loss, metrics...]
    const [, total, ...rest] = read(model.evaluate(x, y) as Scalar[]);
    expect(actual).toHaveLength(model.metricsNames.length);
    expectClose(actual, [total, ...rest], close);
  });

  it('predict equals model.predict, for several inputs and outputs and a partial batch', async () => {
    const model = twoHeads();
    const random = draws(6);
    const x = [random.normal(samples, 4), random.normal(samples, 2)];
    const expected = model.predict(x) as Tensor[];
    const tensors = memory().numTensors;
    const actual = (await predict(model, x, { batchSize: 8 })) as Tensor[];
    expect(memory().numTensors).toBe(tensors + 2);
    expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
    expectClose(read(actual), read(expected), close);
  });

  it('predict takes records by name, { data, shape }, and a single sample', async () => {
    const model = twoHeads();
    const [a, b] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6)];
    const byName = await predict(model, {
      a: { data: a, shape: [1, 4] },
      b: { data: [5, 6], shape: [1, 2] },
    });
    expectClose(read(byName), read(model.predict([tensor(a, [1, 4]), tensor(b, [1, 2])]) as Tensor[]), close);
  });
});

describe('on the reference backend', () => {
  it('evaluate and predict run in float64', async () => {
    await setBackend('cpu');
    const model = classifier();
    const backend = createReferenceBackend();
    const [x, y] = [draws(1).normal(samples, 4), draws(2).oneHot(samples, 3)];
    expectClose(read(await evaluate(model, x, y, { backend })), read(model.evaluate(x, y)), close);
    expectClose(read(await predict(model, x, { backend })), read(model.predict(x) as Tensor), close);
  });

  it('weighs samples: a weight of 0 leaves a sample out', async () => {
    await setBackend('cpu');
    const model = classifier();
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const [x, y] = [draws(1).normal(4, 4), draws(2).oneHot(4, 3)];
    const weighted = read(await evaluate(model, x, y, { sampleWeight: { data: [2, 2, 0, 0], shape: [4] } }));
    const half = read(await evaluate(model, slice(x, 0, 2), slice(y, 0, 2)));
    expectClose(weighted, half, close);
  });

  it('weighs losses by output', async () => {
    await setBackend('cpu');
    const model = twoHeads();
    const random = draws(5);
    const x = [random.normal(samples, 4), random.normal(samples, 2)];
    const y = [random.normal(samples, 3), random.binary(samples, 1)];
    const [, wide, narrow] = read(await evaluate(model, x, y));
    const [total, ...rest] = read(await evaluate(model, x, y, { lossWeights: { wide: 0.25 } }));
    expectClose([total, rest[0], rest[1]], [0.25 * wide + narrow, wide, narrow], close);
  });
});
