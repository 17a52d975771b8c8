import '@tensorflow/tfjs-backend-cpu';
import { SGDOptimizer, setBackend, tensor, train } from '@tensorflow/tfjs-core';
import { model as functional, input, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate, fit, predict, traceModel } from './index.js';
import { draws, setSeededWeights } from './testing/samples.js';

function regression(optimizer: Parameters<LayersModel['compile']>[0]['optimizer'] = 'sgd'): LayersModel {
  const model = sequential({
    name: 'net',
    layers: [layers.dense({ units: 2, inputShape: [3], name: 'last', inputDType: 'float32' } as never)],
  });
  setSeededWeights(model, 7);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return model;
}

function classifier(): LayersModel {
  const x = input({ shape: [3], name: 'features' });
  const model = functional({
    inputs: x,
    outputs: layers.dense({ units: 4, activation: 'softmax', name: 'classes' }).apply(x) as never,
    name: 'classifier',
  });
  model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
  return model;
}

/** One input named features, one output named last. */
function named(): LayersModel {
  const x = input({ shape: [3], name: 'features' });
  const model = functional({
    inputs: x,
    outputs: layers.dense({ units: 2, name: 'last' }).apply(x) as never,
    name: 'net',
  });
  setSeededWeights(model, 7);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return model;
}

const x = () => draws(1).normal(6, 3);
const y = () => draws(2).normal(6, 2);

describe('errors of data', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('name the first NaN', async () => {
    const values = Float32Array.from(x().dataSync());
    values[7] = Number.NaN;
    values[11] = Number.POSITIVE_INFINITY;
    await expect(fit(named(), tensor(values, [6, 3]), y())).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fit expected finite numbers in x 'features', got NaN at row 2, column 1.

        x 'features'   [6, 3], 2 of 18 values are not finite

      Fix: drop or impute these samples before training]
    `);
  });

  it('name the place in an image', async () => {
    const image = sequential({
      layers: [layers.flatten({ inputShape: [2, 2, 1] } as never), layers.dense({ units: 1 })],
    });
    image.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const bad = { data: [1, 2, 3, 4, 5, 6, Number.NaN, 8], shape: [2, 2, 2, 1] };
    await expect(fit(image, bad, draws(1).normal(2, 1))).rejects.toThrow('row 1, position [1, 0, 0]');
  });

  it('reject a wrong width', async () => {
    await expect(fit(named(), draws(1).normal(6, 4), y())).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fit expected x 'features' of shape [samples, 3], got [6, 4].

      Fix: reshape x, or build the model for this shape]
    `);
  });

  it('reject a wrong rank', async () => {
    await expect(fit(named(), x(), draws(1).normal(6, 2, 1))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fit expected y 'last' of shape [samples, 2], got [6, 2, 1].

      Fix: reshape y to rank 2]
    `);
  });

  it('reject different numbers of samples', async () => {
    await expect(fit(named(), x(), draws(1).normal(5, 2))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fit expected the same number of samples in every tensor, got 6 and 5.

        x   [6, 3]
        y   [5, 2]

      Fix: drop the samples that lack a partner]
    `);
  });

  it('reject empty data', async () => {
    await expect(
      fit(named(), tensor([], [0, 3]), tensor([], [0, 2])),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: fit expected at least one sample, got none.

        x 'features'   [0, 3]

      Fix: check how the data was loaded]
    `);
  });

  it('reject a class index that the output has no unit for', async () => {
    await expect(
      fit(classifier(), x(), tensor([0, 1, 2, 3, 4, 0])),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fit expected class indices from 0 to 3 in y 'classes', got 4 at row 4, column 0.

        y 'classes'   [6, 1]
        classes       4

      Fix: give the model an output per class, or use a loss for one-hot targets]
    `);
  });

  it('reject class indices that are no whole numbers', async () => {
    await expect(
      evaluate(classifier(), x(), tensor([0, 1, 2.5, 3, 3, 0])),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: evaluate expected class indices from 0 to 3 in y 'classes', got 2.5 at row 2, column 0.

        y 'classes'   [6, 1]
        classes       4

      Fix: pass whole indices that start at 0, or use a loss for one-hot targets]
    `);
  });

  it('reject a tensor that is disposed of', async () => {
    const gone = x();
    gone.dispose();
    await expect(fit(named(), gone, y())).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fit (x 'features') expected a tensor that still has its values, got one of shape [6, 3] that is disposed of.

      Fix: dispose of it later, or keep it out of tf.tidy with tf.keep]
    `);
  });

  it('reject the name of a backend', async () => {
    const byName = fit(named(), x(), y(), { backend: 'wasm' as never });
    await expect(byName).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fit expected backend to be a Backend of @polyneuron/backend, got 'wasm'.

      Fix: pass createWasmBackend() of @polyneuron/backend-wasm, or leave it out for tfjs's active backend]
    `);
    await expect(predict(named(), x(), { backend: {} as never })).rejects.toThrow(
      'predict expected backend to be a Backend of @polyneuron/backend, got object without compile.',
    );
  });

  it('reject a scalar', async () => {
    await expect(predict(named(), tensor(1))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: predict (x 'features') expected samples along the first axis, got a scalar.

      Fix: reshape it to [1] or more]
    `);
  });

  it("reject a count of values that is not the shape's", async () => {
    await expect(
      predict(named(), { data: [1, 2, 3, 4], shape: [2, 3] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: predict (x 'features') expected 6 values for shape [2, 3], got 4.

      Fix: give the shape of the values]
    `);
  });

  it('reject a wrong number of tensors', async () => {
    await expect(predict(named(), [x(), x()])).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: predict expected 1 tensor for x: 'features', got 2.

      Fix: pass one tensor per input or output of the model, in its order]
    `);
  });

  it('reject a record without an input', async () => {
    await expect(predict(named(), { feature: x() })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: predict expected x to have 'features', got 'feature'.

      Fix: name the tensors after the inputs and outputs of the model]
    `);
  });

  it('reject plain arrays and nothing at all', async () => {
    await expect(predict(named(), [[1, 2, 3]] as never)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: predict expected x 'features' to be a tensor or { data, shape }, got a plain array.

      Fix: wrap plain arrays: { data, shape: [samples, features] }]
    `);
    await expect(predict(named(), undefined as never)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: predict expected x to be a tensor, { data, shape }, a list of them or a record of them by name, got undefined.

      Fix: pass data for 'features']
    `);
  });
});

describe('errors of options', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  const reject = (args: object) => expect(fit(named(), x(), y(), args)).rejects;

  it.each([
    [{ batchSize: 0 }],
    [{ epochs: -1 }],
    [{ stepsPerEpoch: 0.5 }],
    [{ shuffle: 'batches' }],
    [{ seed: 0.5 }],
    [{ validationSplit: 1 }],
    [{ validationData: [{ data: [1, 2, 3], shape: [1, 3] }] }],
    [{ lossWeights: { first: 2 } }],
    [{ classWeight: { 0: 1 } }],
    [{ sampleWeight: { data: [1, 2], shape: [2] } }],
    [{ sampleWeight: 3 }],
  ])('reject %o', async (args) => {
    const message = await fit(named(), x(), y(), args as never).then(
      () => 'no error',
      (error: Error) => `${error.name}: ${error.message}`,
    );
    expect(message).toMatchSnapshot();
  });

  it('ask for weights of rank-2 targets only', async () => {
    const model = sequential({ layers: [layers.reshape({ targetShape: [1, 3], inputShape: [3] })] });
    model.add(layers.dense({ units: 2, name: 'deep' }));
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await expect(
      fit(model, x(), draws(2).normal(6, 1, 2), { classWeight: { 0: 1, 1: 1 } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: fit expected targets 'deep' of rank 2 with classWeight, got [6, 1, 2].

      Fix: pass sampleWeight instead]
    `);
  });

  it('reject a second fit while one runs', async () => {
    const model = named();
    const first = fit(model, x(), y());
    await expect(fit(model, x(), y())).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: fit expected a model that is not being trained, got a second fit while one runs.

      Fix: await the first one]
    `);
    await first;
    await reject({ epochs: 1.5 }).toThrow('epochs');
    await fit(model, x(), y());
  });
});

describe('errors of models', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('list every unsupported part at once', async () => {
    const model = sequential({ name: 'odd' });
    model.add(layers.conv1d({ filters: 2, kernelSize: 2, inputShape: [5, 3], name: 'conv' }));
    model.add(layers.batchNormalization({ name: 'norm' }));
    model.add(layers.reLU({ maxValue: 3, name: 'cap' }));
    model.add(layers.lstm({ units: 2, name: 'memory', recurrentInitializer: 'glorotNormal' }));
    model.add(layers.dense({ units: 2, name: 'last' }));
    const ownLoss = (yTrue: never) => yTrue;
    model.compile({ optimizer: 'sgd', loss: ownLoss as never, metrics: ['acc', ownLoss as never] });
    await expect(
      fit(model, draws(1).normal(4, 5, 3), draws(1).normal(4, 2)),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [UnsupportedModelError: fit expected a model whose every part has a compiled form, got 6 parts without one.

        layer conv (Conv1D)               its class has no record
        layer norm (BatchNormalization)   its class has no record
        layer cap (ReLU)                  its maxValue is 3; only 6 or none has a record
        layer memory (LSTM)               its class has no record
        loss ownLoss() of last            it is not one of ours
        metric ownLoss() of last          it is not one of ours

      Fix: replace the parts listed, or use tfjs itself: model.fit(...)]
    `);
    await expect(predict(model, draws(1).normal(4, 5, 3))).rejects.toThrow('4 parts without one');
    expect(() => traceModel(model, { batch: 2 })).toThrow('model.fit');
  });

  it('tell optimizers, losses and metrics that do not fit', async () => {
    const model = classifier();
    class Odd extends SGDOptimizer {}
    model.compile({
      optimizer: new Odd(0.1),
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['mse', 'categoricalAccuracy'],
    });
    await expect(fit(model, x(), tensor([0, 1, 2, 3, 0, 1]))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [UnsupportedModelError: fit expected a model whose every part has a compiled form, got 3 parts without one.

        metric 'mse' of classes                   it compares values, but the targets of this loss are class indices
        metric 'categoricalAccuracy' of classes   it compares values, but the targets of this loss are class indices
        optimizer SGD                             it is not one of tfjs, nor ours by args.optimizer

      Fix: replace the parts listed, or use tfjs itself: model.fit(...)]
    `);
  });

  it('ask for compile and for an input shape', async () => {
    const bare = sequential({ name: 'bare' });
    bare.add(layers.dense({ units: 1, inputShape: [3] }));
    await expect(fit(bare, x(), y())).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: fit expected a compiled model, got 'bare', which has no optimizer and no loss.

      Fix: call model.compile({ optimizer: 'adam', loss: 'meanSquaredError' }) first]
    `);
    await expect(predict(sequential({ name: 'empty' }), x())).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: predict expected a tfjs model: a tf.Sequential or a tf.LayersModel, got 'empty', which has no layers or no input shape yet.

      Fix: add layers, the first one with an inputShape]
    `);
    await expect(predict(3 as never, x())).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: predict expected a tfjs model: a tf.Sequential or a tf.LayersModel, got 3.

      Fix: pass the model itself]
    `);
  });

  it('tell slots of another model', async () => {
    const optimizer = train.adam(0.1);
    await fit(regression(optimizer), x(), y());
    const other = sequential({ layers: [layers.dense({ units: 5, inputShape: [3], name: 'wider' })] });
    other.compile({ optimizer, loss: 'meanSquaredError' });
    await expect(fit(other, x(), draws(1).normal(6, 5))).rejects.toThrow(
      'an optimizer whose slots fit the weights of this model',
    );
  });
});
