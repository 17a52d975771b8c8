/** @file fit against tfjs's own, with the same initial weights and shuffle: false. */
import { spectralDense } from '@polyneuron/layers';
import { expectClose, tolerances } from '@polyneuron/testing';
import { type Optimizer, setBackend, type Tensor, train } from '@tensorflow/tfjs-core';
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type ModelFitArgs,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fit } from './index.js';
import { draws, setSeededWeights, weightsOf } from './testing/samples.js';
import { type Runner, runners, type TfjsBackendName } from './testing/tfjsBackends.js';

const close = tolerances.float32.trainingRun;

/** 22 samples in batches of 8: the last batch has 6. */
const samples = 22;
const batchSize = 8;

const optimizers: Readonly<Record<string, () => Optimizer | string>> = {
  'sgd by name': () => 'sgd',
  sgd: () => train.sgd(0.1),
  momentum: () => train.momentum(0.05, 0.9),
  'momentum with Nesterov': () => train.momentum(0.05, 0.8, true),
  'rmsprop by name': () => 'rmsprop',
  rmsprop: () => train.rmsprop(0.01, 0.8, 0.5, 1e-6),
  'adam by name': () => 'adam',
  adam: () => train.adam(0.02, 0.8, 0.99, 1e-6),
  'adagrad by name': () => 'adagrad',
  adagrad: () => train.adagrad(0.1, 0.2),
  'adadelta by name': () => 'adadelta',
  adadelta: () => train.adadelta(0.5, 0.9, 1e-6),
  'adamax by name': () => 'adamax',
  adamax: () => train.adamax(0.02, 0.8, 0.99, 1e-6, 0.05),
};

type Case = {
  readonly activation: 'linear' | 'sigmoid' | 'softmax' | 'softplus';
  readonly targets: () => Tensor;
  readonly metrics: string[];
};
const random = () => draws(11);

/** Every loss that tfjs takes by name. */
const losses: Readonly<Record<string, Case>> = {
  meanSquaredError: {
    activation: 'linear',
    targets: () => random().normal(samples, 3),
    metrics: ['mse', 'mae', 'cosine'],
  },
  meanAbsoluteError: {
    activation: 'linear',
    targets: () => random().normal(samples, 3),
    metrics: ['MAE', 'mape'],
  },
  meanAbsolutePercentageError: {
    activation: 'linear',
    targets: () => random().positive(samples, 3),
    metrics: [],
  },
  meanSquaredLogarithmicError: {
    activation: 'softplus',
    targets: () => random().positive(samples, 3),
    metrics: [],
  },
  squaredHinge: { activation: 'linear', targets: () => random().signs(samples, 3), metrics: [] },
  hinge: { activation: 'linear', targets: () => random().signs(samples, 3), metrics: [] },
  categoricalHinge: { activation: 'linear', targets: () => random().oneHot(samples, 3), metrics: ['acc'] },
  logcosh: { activation: 'linear', targets: () => random().normal(samples, 3), metrics: [] },
  categoricalCrossentropy: {
    activation: 'softmax',
    targets: () => random().oneHot(samples, 3),
    metrics: ['accuracy', 'ce'],
  },
  sparseCategoricalCrossentropy: {
    activation: 'softmax',
    targets: () => random().indices(samples, 3),
    metrics: ['acc', 'crossentropy'],
  },
  binaryCrossentropy: {
    activation: 'sigmoid',
    targets: () => random().binary(samples, 3),
    metrics: ['acc', 'ce', 'binaryAccuracy', 'precision'],
  },
  kullbackLeiblerDivergence: {
    activation: 'softmax',
    targets: () => random().distributions(samples, 3),
    metrics: ['categoricalAccuracy'],
  },
  poisson: { activation: 'softplus', targets: () => random().counts(samples, 3), metrics: [] },
  cosineProximity: { activation: 'linear', targets: () => random().normal(samples, 3), metrics: [] },
};

function mlp(activation: Case['activation']): LayersModel {
  return sequential({
    layers: [
      layers.dense({ units: 5, inputShape: [4], activation: 'tanh' }),
      layers.dense({ units: 3, activation }),
    ],
  });
}

interface Subject {
  build(): LayersModel;
  readonly x: () => Tensor | Tensor[];
  readonly y: () => Tensor | Tensor[];
  readonly loss: string | string[];
  readonly metrics?: string[];
}

/** Stock layers that train on both tfjs backends. */
const stockModels: Readonly<Record<string, Subject>> = {
  'Dense, Reshape, Flatten, Activation, Dropout of rate 0': {
    build: () =>
      sequential({
        layers: [
          layers.dense({ units: 6, inputShape: [4], activation: 'relu' }),
          layers.reshape({ targetShape: [2, 3] }),
          layers.dense({ units: 2, useBias: false }),
          layers.activation({ activation: 'elu' }),
          layers.dropout({ rate: 0 }),
          layers.flatten(),
          layers.dense({ units: 3 }),
          layers.softmax(),
        ],
      }),
    x: () => draws(21).normal(samples, 4),
    y: () => draws(22).oneHot(samples, 3),
    loss: 'categoricalCrossentropy',
    metrics: ['acc'],
  },
  'two inputs, Concatenate, Add, Multiply, a shared layer': {
    build: () => {
      const a = input({ shape: [4] });
      const b = input({ shape: [3] });
      const shared = layers.dense({ units: 5, activation: 'sigmoid' });
      const left = layers.dense({ units: 5, activation: 'tanh' }).apply(a);
      const right = layers.dense({ units: 5 }).apply(b);
      const product = layers.multiply().apply([shared.apply(left), shared.apply(right)] as never);
      const total = layers.add().apply([product, left, right] as never);
      const joined = layers.concatenate().apply([total, a, product] as never);
      return functional({ inputs: [a, b], outputs: layers.dense({ units: 2 }).apply(joined) as never });
    },
    x: () => [draws(23).normal(samples, 4), draws(24).normal(samples, 3)],
    y: () => draws(25).normal(samples, 2),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  // What the first call leaves is a constant of the second: tfjs writes a variable in between
  'a layer that keeps state, called twice': {
    build: () => {
      const x = input({ shape: [4] });
      const shared = spectralDense({ units: 4, name: 'spectral' });
      const twice = shared.apply(layers.leakyReLU().apply(shared.apply(x) as never));
      return functional({ inputs: x, outputs: layers.dense({ units: 1 }).apply(twice as never) as never });
    },
    x: () => draws(33).normal(samples, 4),
    y: () => draws(34).normal(samples, 1),
    loss: 'meanSquaredError',
  },
  'a Sequential as a layer, called twice': {
    build: () => {
      const inner = sequential({
        layers: [layers.dense({ units: 4, inputShape: [4], activation: 'tanh', kernelRegularizer: 'l1l2' })],
      });
      const x = input({ shape: [4] });
      const twice = inner.apply(layers.leakyReLU().apply(inner.apply(x)));
      return functional({ inputs: x, outputs: layers.dense({ units: 1 }).apply(twice) as never });
    },
    x: () => draws(26).normal(samples, 4),
    y: () => draws(27).normal(samples, 1),
    loss: 'meanSquaredError',
    metrics: ['acc'],
  },
  'L1, L2 and L1L2 regularizers, an untrained layer': {
    build: () =>
      sequential({
        layers: [
          layers.dense({
            units: 5,
            inputShape: [4],
            activation: 'tanh',
            kernelRegularizer: 'l1l2',
            biasRegularizer: { className: 'L1L2', config: { l1: 0, l2: 0.1 } } as never,
          }),
          layers.dense({
            units: 5,
            activation: 'selu',
            trainable: false,
            kernelRegularizer: { className: 'L1L2', config: { l1: 0.02, l2: 0 } } as never,
          }),
          layers.dense({ units: 2 }),
        ],
      }),
    x: () => draws(28).normal(samples, 4),
    y: () => draws(29).normal(samples, 2),
    loss: 'meanSquaredError',
  },
};

/** Convolutions: tfjs itself trains them on cpu only. */
const imageModels: Readonly<Record<string, Subject>> = {
  'Conv2D, MaxPooling2D, Flatten, Dense': {
    build: () =>
      sequential({
        layers: [
          layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [7, 6, 2], activation: 'relu' }),
          layers.maxPooling2d({ poolSize: 2 }),
          layers.flatten(),
          layers.dense({ units: 3, activation: 'softmax' }),
        ],
      }),
    x: () => draws(31).normal(samples, 7, 6, 2),
    y: () => draws(32).indices(samples, 3),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['acc'],
  },
  "strides, padding 'same', AveragePooling2D, GlobalAveragePooling2D": {
    build: () =>
      sequential({
        layers: [
          layers.conv2d({
            filters: 2,
            kernelSize: [3, 2],
            strides: 2,
            padding: 'same',
            inputShape: [7, 6, 1],
            activation: 'tanh',
            kernelRegularizer: 'l1l2',
          }),
          layers.conv2d({ filters: 3, kernelSize: 2, padding: 'same', useBias: false }),
          layers.averagePooling2d({ poolSize: [2, 3], strides: 1 }),
          layers.globalAveragePooling2d({}),
        ],
      }),
    x: () => draws(33).normal(samples, 7, 6, 1),
    y: () => draws(34).normal(samples, 3),
    loss: 'meanSquaredError',
  },
};

/** Two models of one build, with one set of weights. */
function pair(
  build: () => LayersModel,
  compile: (model: LayersModel) => void,
): { theirs: LayersModel; ours: LayersModel } {
  const [theirs, ours] = [build(), build()];
  for (const model of [theirs, ours]) {
    setSeededWeights(model, 5);
    compile(model);
  }
  return { theirs, ours };
}

const args: ModelFitArgs = { epochs: 3, batchSize, shuffle: false, verbose: 0 };

async function expectEqualFits(
  theirs: LayersModel,
  ours: LayersModel,
  x: Tensor | Tensor[],
  y: Tensor | Tensor[],
  extra: ModelFitArgs,
  theirBackend: TfjsBackendName,
  { tfjsBackend, backend }: Runner,
): Promise<void> {
  await setBackend(theirBackend);
  const expected = await theirs.fit(x, y, { ...args, ...extra });
  await setBackend(tfjsBackend);
  const ourArgs = { ...args, ...extra, ...(backend && { backend }) };
  const actual = await fit(ours, x, y, ourArgs as Parameters<typeof fit>[3]);
  expect(Object.keys(actual.history)).toEqual(Object.keys(expected.history));
  expect(actual.epoch).toEqual(expected.epoch);
  for (const [key, values] of Object.entries(expected.history)) {
    expect(values).toHaveLength(3);
    expectClose(actual.history[key] as number[], values as number[], close);
  }
  expectClose(weightsOf(ours), weightsOf(theirs), { ...close, atol: 1e-5 });
}

describe.each(runners)('fit on $name equals model.fit', (runner) => {
  beforeAll(async () => {
    await setBackend(runner.tfjsBackend);
  });

  it.each(Object.entries(optimizers))('with optimizer %s', async (_, optimizer) => {
    const { theirs, ours } = pair(
      () => mlp('linear'),
      (model) => model.compile({ loss: 'meanSquaredError', optimizer: optimizer() }),
    );
    const validation = draws(13);
    await expectEqualFits(
      theirs,
      ours,
      draws(12).normal(samples, 4),
      draws(14).normal(samples, 3),
      { validationData: [validation.normal(9, 4), validation.normal(9, 3)] },
      runner.tfjsBackend,
      runner,
    );
  });

  it.each(Object.entries(losses))('with loss %s', async (loss, { activation, targets, metrics }) => {
    const { theirs, ours } = pair(
      () => mlp(activation),
      (model) => model.compile({ loss, optimizer: train.sgd(0.05), metrics }),
    );
    await expectEqualFits(
      theirs,
      ours,
      draws(12).normal(samples, 4),
      targets(),
      { validationSplit: 0.25 },
      runner.tfjsBackend,
      runner,
    );
  });

  it.each(Object.entries(stockModels))('of %s', async (_, { build, x, y, loss, metrics = [] }) => {
    const { theirs, ours } = pair(build, (model) =>
      model.compile({ loss, optimizer: train.adam(0.01), metrics }),
    );
    await expectEqualFits(theirs, ours, x(), y(), { validationSplit: 0.25 }, runner.tfjsBackend, runner);
  });
});

describe('fit equals model.fit of tfjs cpu (tfjs wasm has no gradient of Conv2D)', () => {
  it.each(
    runners.flatMap((runner) =>
      Object.entries(imageModels).map(([name, subject]) => [runner.name, name, runner, subject] as const),
    ),
  )('on %s: %s', async (_, __, runner, { build, x, y, loss, metrics = [] }) => {
    await setBackend('cpu');
    const { theirs, ours } = pair(build, (model) =>
      model.compile({ loss, optimizer: train.adam(0.01), metrics }),
    );
    await expectEqualFits(theirs, ours, x(), y(), { validationSplit: 0.25 }, 'cpu', runner);
  });
});
