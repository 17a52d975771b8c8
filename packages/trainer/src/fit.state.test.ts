/** @file What fit leaves behind: weights, optimizer slots, tensors; and what it takes up again. */
import { affine, quadDense } from '@polyneuron/layers';
import { expectClose, tolerances } from '@polyneuron/testing';
import { memory, type Optimizer, setBackend, type Tensor, train } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate, fit, type OptimizerArgs, predict } from './index.js';
import { draws, setSeededWeights, weightsOf } from './testing/samples.js';
import { tfjsBackends } from './testing/tfjsBackends.js';

const close = tolerances.float32.trainingRun;
const samples = 20;
const args = { epochs: 2, batchSize: 8, shuffle: false, verbose: 0 } as const;

function regression(optimizer: Optimizer | string): LayersModel {
  const model = sequential({
    layers: [layers.dense({ units: 4, inputShape: [3], activation: 'tanh' }), layers.dense({ units: 2 })],
  });
  setSeededWeights(model, 7);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return model;
}

const data = (): [Tensor, Tensor] => [draws(1).normal(samples, 3), draws(2).normal(samples, 2)];

const optimizers: Readonly<Record<string, () => Optimizer>> = {
  momentum: () => train.momentum(0.1, 0.9),
  rmsprop: () => train.rmsprop(0.01),
  'rmsprop with momentum': () => train.rmsprop(0.01, 0.9, 0.5),
  adam: () => train.adam(0.02),
  adagrad: () => train.adagrad(0.1),
  adadelta: () => train.adadelta(0.5, 0.9),
  adamax: () => train.adamax(0.02, 0.9, 0.99, 1e-7, 0.1),
};

describe.each(tfjsBackends)('optimizer state on tfjs %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  it.each(Object.entries(optimizers))('%s goes on from model.fit to fit to model.fit', async (_, make) => {
    const [theirs, ours] = [regression(make()), regression(make())];
    const [x, y] = data();
    const expected = [
      await theirs.fit(x, y, args),
      await theirs.fit(x, y, args),
      await theirs.fit(x, y, args),
    ];
    const actual = [await ours.fit(x, y, args), await fit(ours, x, y, args), await ours.fit(x, y, args)];
    actual.forEach(({ history }, at) => {
      expectClose(history.loss as number[], expected[at].history.loss as number[], close);
    });
    expectClose(weightsOf(ours), weightsOf(theirs), { ...close, atol: 1e-5 });
  });

  it.each(Object.entries(optimizers))('%s gets as many slots from fit as from model.fit', async (_, make) => {
    const [theirs, ours] = [regression(make()), regression(make())];
    const [x, y] = data();
    const before = memory().numTensors;
    await theirs.fit(x, y, args);
    const slots = memory().numTensors - before;
    await fit(ours, x, y, args);
    expect(memory().numTensors - before).toBe(2 * slots);
    await fit(ours, x, y, args);
    expect(memory().numTensors - before).toBe(2 * slots);
  });
});

describe('tensors', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('are as many after fit, evaluate and predict, but for results', async () => {
    const model = regression('sgd');
    const [x, y] = data();
    const before = memory().numTensors;
    await fit(model, x, y, { ...args, validationSplit: 0.2, callbacks: { onBatchEnd: () => {} } });
    const results = [await evaluate(model, x, y), await predict(model, x)].flat();
    for (const tensor of results) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('are as many after a failure', async () => {
    const model = regression('sgd');
    const [x, y] = data();
    const before = memory().numTensors;
    const failing = { onEpochEnd: () => Promise.reject(new Error('stop here')) };
    await expect(fit(model, x, y, { ...args, callbacks: failing })).rejects.toThrow('stop here');
    await expect(fit(model, x, y, { ...args, batchSize: 0 })).rejects.toThrow('batchSize');
    await expect(predict(model, y)).rejects.toThrow('shape');
    expect(memory().numTensors).toBe(before);
  });
});

describe('weights', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('are those of the last step when a callback throws', async () => {
    const [whole, failed] = [regression('sgd'), regression('sgd')];
    const [x, y] = data();
    await fit(whole, x, y, { ...args, epochs: 1, stepsPerEpoch: 2 });
    const failing = {
      onBatchEnd: (batch: number) => (batch === 1 ? Promise.reject(new Error('stop here')) : undefined),
    };
    await expect(fit(failed, x, y, { ...args, callbacks: failing })).rejects.toThrow('stop here');
    expect(weightsOf(failed)).toEqual(weightsOf(whole));
    await fit(failed, x, y, args);
  });

  it('that a callback sets are trained on', async () => {
    const [theirs, ours] = [regression('sgd'), regression('sgd')];
    const [x, y] = data();
    const reset = (model: LayersModel) => ({ onEpochEnd: () => setSeededWeights(model, 7) });
    const expected = await theirs.fit(x, y, { ...args, callbacks: reset(theirs) });
    const actual = await fit(ours, x, y, { ...args, callbacks: reset(ours) });
    expectClose(actual.history.loss as number[], expected.history.loss as number[], close);
    expect(weightsOf(ours)).toEqual(weightsOf(theirs));
  });

  it('are current in callbacks', async () => {
    const [theirs, ours] = [regression('sgd'), regression('sgd')];
    const [x, y] = data();
    const seen: Record<string, number[]> = { theirs: [], ours: [] };
    const watch = (name: string, model: LayersModel) => ({
      onBatchEnd: () => void seen[name].push(weightsOf(model)[0]),
      onEpochEnd: () => void seen[name].push(weightsOf(model)[1]),
    });
    await theirs.fit(x, y, { ...args, callbacks: watch('theirs', theirs) });
    await fit(ours, x, y, { ...args, callbacks: watch('ours', ours) });
    expectClose(seen.ours, seen.theirs, close);
  });

  it('follow a learning rate that a callback changes', async () => {
    const [theirs, ours] = [regression(train.adam(0.05)), regression(train.adam(0.05))];
    const [x, y] = data();
    const slow = (model: LayersModel) => ({
      onEpochEnd: () => {
        (model.optimizer as unknown as { learningRate: number }).learningRate = 0.001;
      },
    });
    const expected = await theirs.fit(x, y, { ...args, epochs: 3, callbacks: slow(theirs) });
    const actual = await fit(ours, x, y, { ...args, epochs: 3, callbacks: slow(ours) });
    expectClose(actual.history.loss as number[], expected.history.loss as number[], close);
  });
});

describe('layers of ours', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('train as in model.fit, call counter included', async () => {
    const build = () => {
      const model = sequential({
        layers: [
          quadDense({ units: 3, inputShape: [3], kernelRegularizer: 'l1l2', activityRegularizer: 'l1l2' }),
          affine({ units: 2 }),
        ],
      });
      model.setWeights(
        model
          .getWeights()
          .map((weight, at) =>
            weight.dtype === 'int32' ? weight : draws(at).normal(...(weight.shape as number[])),
          ),
      );
      model.compile({ optimizer: train.sgd(0.01), loss: 'meanSquaredError' });
      return model;
    };
    const [theirs, ours] = [build(), build()];
    const [x, y] = data();
    const expected = await theirs.fit(x, y, { ...args, validationSplit: 0.25 });
    const actual = await fit(ours, x, y, { ...args, validationSplit: 0.25 });
    await evaluate(ours, x, y);
    theirs.evaluate(x, y);
    await predict(ours, x);
    theirs.predict(x);
    for (const key of ['loss', 'val_loss'])
      expectClose(actual.history[key] as number[], expected.history[key] as number[], close);
    expectClose(weightsOf(ours), weightsOf(theirs), { ...close, atol: 1e-5 });
    // 2 epochs of 2 batches and 1 validation batch, then 1 batch each.
    expect(weightsOf(ours).at(-1)).toBe(8);
  });
});

describe('args.optimizer', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('goes on with the same object, and starts afresh with another', async () => {
    const fresh = (): OptimizerArgs => ({ name: 'adamW', weightDecay: 0.1 });
    const more = {
      ...args,
      schedule: { name: 'cosineDecay', initialLearningRate: 0.05, decaySteps: 20 },
      clipGlobalNorm: 1,
    } as const;
    const [whole, parts, restarted] = [regression('sgd'), regression('sgd'), regression('sgd')];
    const [x, y] = data();
    const { history } = await fit(whole, x, y, { ...more, epochs: 4, optimizer: fresh() });
    const optimizer = fresh();
    await fit(parts, x, y, { ...more, optimizer });
    await fit(parts, x, y, { ...more, optimizer });
    expectClose(weightsOf(parts), weightsOf(whole), close);
    await fit(restarted, x, y, { ...more, optimizer: fresh() });
    await fit(restarted, x, y, { ...more, optimizer: fresh() });
    expect(weightsOf(restarted)).not.toEqual(weightsOf(whole));
    expect((history.loss as number[])[3]).toBeLessThan((history.loss as number[])[0]);
  });
});
