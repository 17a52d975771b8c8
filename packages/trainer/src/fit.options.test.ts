import '@tensorflow/tfjs-backend-cpu';
import { createReferenceBackend } from '@polyneuron/backend';
import { expectClose, tolerances } from '@polyneuron/testing';
import { argMax, losses as coreLosses, setBackend, type Tensor, tensor, train } from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  metrics,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FitArgs, fit, predict } from './index.js';
import { draws, setSeededWeights } from './testing/samples.js';

const close = tolerances.float32.trainingRun;
const samples = 22;
const args = { epochs: 3, batchSize: 8, shuffle: false, verbose: 0 } as const;

function build(
  configure: (model: LayersModel) => void,
  ...hidden: ReturnType<typeof layers.dense>[]
): LayersModel {
  const model = sequential();
  model.add(layers.dense({ units: 5, inputShape: [4], activation: 'tanh' }));
  for (const layer of hidden) model.add(layer);
  model.add(layers.dense({ units: 3, activation: 'softmax' }));
  setSeededWeights(model, 9);
  configure(model);
  return model;
}

const classifier = (...hidden: ReturnType<typeof layers.dense>[]) =>
  build(
    (model) =>
      model.compile({ optimizer: train.sgd(0.1), loss: 'categoricalCrossentropy', metrics: ['acc'] }),
    ...hidden,
  );
const x = () => draws(1).normal(samples, 4);
const y = () => draws(2).oneHot(samples, 3);

async function lossesOf(model: LayersModel, more: FitArgs): Promise<number[]> {
  const { history } = await fit(model, x(), y(), { ...args, ...more });
  return history.loss as number[];
}

describe('weights of samples', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  const classWeight = { 0: 0.5, 1: 2, 2: 1 };

  it('of classes equal those of tfjs', async () => {
    const expected = await classifier().fit(x(), y(), { ...args, classWeight, validationSplit: 0.2 });
    const { history } = await fit(classifier(), x(), y(), { ...args, classWeight, validationSplit: 0.2 });
    for (const key of Object.keys(expected.history))
      expectClose(history[key] as number[], expected.history[key] as number[], close);
  });

  it('of classes given as indices equal those of tfjs', async () => {
    const sparse = () =>
      build((model) => model.compile({ optimizer: train.sgd(0.1), loss: 'sparseCategoricalCrossentropy' }));
    const indices = draws(3).indices(samples, 3);
    const expected = await sparse().fit(x(), indices, { ...args, classWeight });
    const { history } = await fit(sparse(), x(), indices, { ...args, classWeight });
    expectClose(history.loss as number[], expected.history.loss as number[], close);
  });

  it('by sample do what the same weights by class do', async () => {
    const labels = argMax(y(), -1).dataSync();
    const sampleWeight = {
      data: Float32Array.from(labels, (label) => classWeight[label as 0]),
      shape: [samples],
    };
    expectClose(
      await lossesOf(classifier(), { sampleWeight }),
      await lossesOf(classifier(), { classWeight }),
      close,
    );
  });

  it('multiply', async () => {
    const twos = tensor(new Float32Array(samples).fill(2));
    const doubled = { 0: 1, 1: 4, 2: 2 };
    expectClose(
      await lossesOf(classifier(), { sampleWeight: twos, classWeight }),
      await lossesOf(classifier(), { classWeight: doubled }),
      close,
    );
  });

  it('are cut with the samples by validationSplit', async () => {
    const weights = new Float32Array(samples).fill(1, 0, 11);
    const { history } = await fit(classifier(), x(), y(), {
      ...args,
      sampleWeight: tensor(weights),
      validationSplit: 0.5,
    });
    expect(history.val_loss).toEqual([0, 0, 0]);
  });
});

describe('order and chance', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('depend on the seed alone', async () => {
    const run = (seed: number) =>
      lossesOf(classifier(layers.dropout({ rate: 0.5 }) as never), { shuffle: true, seed });
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  it('differ from call to call without a seed', async () => {
    expect(await lossesOf(classifier(), { shuffle: true })).not.toEqual(
      await lossesOf(classifier(), { shuffle: true }),
    );
  });

  it('go on where initialEpoch says', async () => {
    const [whole, parts] = [
      classifier(layers.dropout({ rate: 0.5 }) as never),
      classifier(layers.dropout({ rate: 0.5 }) as never),
    ];
    const all = await lossesOf(whole, { seed: 3, shuffle: true, epochs: 4 });
    const first = await lossesOf(parts, { seed: 3, shuffle: true, epochs: 2 });
    const second = await lossesOf(parts, { seed: 3, shuffle: true, epochs: 4, initialEpoch: 2 });
    expect([...first, ...second]).toEqual(all);
  });

  it('leave dropout out of validation and prediction', async () => {
    const [dropping, plain] = [classifier(layers.dropout({ rate: 0.9 }) as never), classifier()];
    const still = { ...args, epochs: 0 };
    await fit(dropping, x(), y(), still);
    expectClose(
      (await read(dropping)) as Float32Array,
      (await read(plain)) as Float32Array,
      tolerances.float32.exact,
    );
  });

  const read = async (model: LayersModel) => ((await predict(model, x())) as Tensor).dataSync();
});

describe('constraints', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  const train1 = async (kernelConstraint: string, config: object) => {
    const model = sequential({
      layers: [
        layers.dense({
          units: 3,
          inputShape: [4],
          kernelConstraint: { className: kernelConstraint, config } as never,
        }),
      ],
    });
    setSeededWeights(model, 9);
    model.compile({ optimizer: train.sgd(0.5), loss: 'meanSquaredError' });
    await fit(model, x(), draws(3).normal(samples, 3), args);
    return model.getWeights()[0].arraySync() as number[][];
  };
  const columnNorms = (kernel: number[][]) =>
    kernel[0].map((_, column) => Math.hypot(...kernel.map((row) => row[column])));

  it('NonNeg holds after every step (tfjs applies it in setWeights alone)', async () => {
    for (const value of (await train1('NonNeg', {})).flat()) expect(value).toBeGreaterThanOrEqual(0);
  });

  it('UnitNorm, MaxNorm and MinMaxNorm bound the norms of columns', async () => {
    expectClose(columnNorms(await train1('UnitNorm', { axis: 0 })), [1, 1, 1], close);
    for (const norm of columnNorms(await train1('MaxNorm', { maxValue: 0.25, axis: 0 })))
      expect(norm).toBeLessThanOrEqual(0.25 + 1e-6);
    for (const norm of columnNorms(
      await train1('MinMaxNorm', { minValue: 2, maxValue: 3, rate: 1, axis: 0 }),
    ))
      expect(norm).toBeCloseTo(2, 4);
  });
});

describe('several outputs', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  const heads = () => {
    const a = input({ shape: [4], name: 'a' });
    const hidden = layers.dense({ units: 4, activation: 'tanh' }).apply(a);
    const wide = layers.dense({ units: 3, name: 'wide' }).apply(hidden);
    const narrow = layers.dense({ units: 1, activation: 'sigmoid', name: 'narrow' }).apply(hidden);
    const model = functional({ inputs: a, outputs: [wide, narrow] as never });
    setSeededWeights(model, 4);
    model.compile({
      optimizer: train.adam(0.01),
      loss: ['meanSquaredError', 'binaryCrossentropy'],
      metrics: { wide: ['mse', 'mae'], narrow: 'acc' } as never,
    });
    return model;
  };
  const targets = () => ({ wide: draws(5).normal(samples, 3), narrow: draws(6).binary(samples, 1) });

  it('train as in tfjs; val_loss is the total, where tfjs has it under the first output', async () => {
    const { wide, narrow } = targets();
    const expected = (await heads().fit(x(), [wide, narrow], { ...args, validationSplit: 0.25 })).history;
    const actual = (await fit(heads(), { a: x() }, targets(), { ...args, validationSplit: 0.25 })).history;
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    for (const key of ['loss', 'wide_loss', 'narrow_loss', 'wide_mse', 'wide_mae', 'narrow_acc'])
      expectClose(actual[key] as number[], expected[key] as number[], close);
    expectClose(actual.val_loss as number[], expected.val_wide_loss as number[], close);
    expectClose(actual.val_wide_loss as number[], expected.val_loss as number[], close);
  });

  it('weigh losses', async () => {
    const { history } = await fit(heads(), x(), targets(), { ...args, lossWeights: [0.5, 3] });
    const [total, wide, narrow] = ['loss', 'wide_loss', 'narrow_loss'].map((key) => history[key] as number[]);
    expectClose(
      total,
      wide.map((loss, at) => 0.5 * loss + 3 * narrow[at]),
      close,
    );
  });
});

describe('losses and metrics given as functions', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it.each([
    [coreLosses.meanSquaredError, metrics.meanAbsoluteError],
    [coreLosses.absoluteDifference, metrics.recall],
    [coreLosses.huberLoss, metrics.mape],
    [coreLosses.softmaxCrossEntropy, metrics.categoricalAccuracy],
    [coreLosses.sigmoidCrossEntropy, metrics.binaryAccuracy],
    [metrics.cosineProximity, metrics.cosineProximity],
  ])('are recognised (%#)', async (loss, metric) => {
    const make = () =>
      build((model) =>
        model.compile({ optimizer: train.sgd(0.1), loss: loss as never, metrics: [metric as never] }),
      );
    const expected = await make().fit(x(), y(), args);
    const { history } = await fit(make(), x(), y(), args);
    expect(Object.keys(history)).toEqual(Object.keys(expected.history));
    for (const key of Object.keys(history))
      expectClose(history[key] as number[], expected.history[key] as number[], close);
  });
});

describe('backends', () => {
  it('the float64 reference trains to the same losses', async () => {
    await setBackend('cpu');
    const { history } = await classifier().fit(x(), y(), args);
    expectClose(
      await lossesOf(classifier(), { backend: createReferenceBackend() }),
      history.loss as number[],
      close,
    );
  });
});
