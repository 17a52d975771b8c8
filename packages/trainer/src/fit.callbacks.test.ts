import '@tensorflow/tfjs-backend-cpu';
import { expectClose, tolerances } from '@polyneuron/testing';
import { type Scalar, setBackend } from '@tensorflow/tfjs-core';
import {
  Callback,
  CustomCallback,
  callbacks,
  type LayersModel,
  type Logs,
  layers,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fit } from './index.js';
import { draws, setSeededWeights } from './testing/samples.js';

const close = tolerances.float32.trainingRun;
const args = { epochs: 3, batchSize: 8, shuffle: false, verbose: 0, validationSplit: 0.2 } as const;

function regression(): LayersModel {
  const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
  setSeededWeights(model, 7);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['mae'] });
  return model;
}

const data = () => [draws(1).normal(25, 3), draws(2).normal(25, 2)] as const;

type Event = { readonly name: string; readonly index: number; readonly logs: Record<string, number> };

/** Every hook of a custom callback, noting what it is told. */
function recorder(events: Event[]) {
  const note = (name: string) => (index: number, logs?: Logs) =>
    void events.push({ name, index, logs: { ...logs } });
  const noteEnds = (name: string) => (logs?: Logs) =>
    void events.push({ name, index: -1, logs: { ...logs } });
  return {
    onTrainBegin: noteEnds('onTrainBegin'),
    onTrainEnd: noteEnds('onTrainEnd'),
    onEpochBegin: note('onEpochBegin'),
    onEpochEnd: note('onEpochEnd'),
    onBatchBegin: note('onBatchBegin'),
    onBatchEnd: note('onBatchEnd'),
  };
}

async function recordBoth(
  make: (events: Event[], model: LayersModel) => Parameters<LayersModel['fit']>[2],
): Promise<{ theirs: Event[]; ours: Event[] }> {
  const [x, y] = data();
  const events = { theirs: [] as Event[], ours: [] as Event[] };
  const [theirs, ours] = [regression(), regression()];
  await theirs.fit(x, y, { ...args, ...make(events.theirs, theirs) });
  await fit(ours, x, y, { ...args, ...make(events.ours, ours) } as Parameters<typeof fit>[3]);
  return events;
}

function expectSameEvents({ theirs, ours }: { theirs: Event[]; ours: Event[] }): void {
  expect(theirs.length).toBeGreaterThan(3);
  expect(ours.map(({ name, index, logs }) => [name, index, Object.keys(logs)])).toEqual(
    theirs.map(({ name, index, logs }) => [name, index, Object.keys(logs)]),
  );
  expectClose(
    ours.flatMap(({ logs }) => Object.values(logs)),
    theirs.flatMap(({ logs }) => Object.values(logs)),
    close,
  );
}

describe('callbacks', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('are told the same in the same order as by model.fit', async () => {
    expectSameEvents(await recordBoth((events) => ({ callbacks: recorder(events) })));
  });

  it('as a list of configurations, with initialEpoch', async () => {
    expectSameEvents(
      await recordBoth((events) => ({
        callbacks: [recorder(events), { onEpochEnd: () => {} }],
        initialEpoch: 1,
      })),
    );
  });

  it.each([
    ['onBatchEnd', 1],
    ['onBatchEnd', 2],
    ['onEpochEnd', 0],
    ['onEpochBegin', 1],
    ['onTrainBegin', -1],
  ])('stop training from %s %i as in tfjs', async (hook, at) => {
    const events = await recordBoth((events, model) => {
      const hooks = recorder(events);
      const stop = (index: number | Logs, logs?: Logs) => {
        (hooks[hook as 'onBatchEnd'] as (index: unknown, logs?: Logs) => void)(index, logs);
        if (index === at) model.stopTraining = true;
      };
      return { callbacks: { ...hooks, [hook]: stop } };
    });
    expectSameEvents(events);
  });

  it('may be instances: earlyStopping ends where it ends in tfjs', async () => {
    const [x, y] = data();
    const [theirs, ours] = [regression(), regression()];
    const stopping = () => callbacks.earlyStopping({ monitor: 'val_loss', minDelta: 0.2, patience: 1 });
    const expected = await theirs.fit(x, y, { ...args, epochs: 20, callbacks: stopping() });
    const actual = await fit(ours, x, y, { ...args, epochs: 20, callbacks: stopping() });
    expect(actual.epoch).toEqual(expected.epoch);
    expect(actual.epoch.length).toBeLessThan(20);
  });

  it('of a class of the user see batches and the model', async () => {
    const seen: unknown[] = [];
    class Watch extends Callback {
      override async onBatchEnd(batch: number, logs?: Record<string, number | Scalar>): Promise<void> {
        seen.push([
          batch,
          logs?.size,
          (this as unknown as { model: LayersModel }).model.stopTraining,
          this.params.epochs,
        ]);
      }
    }
    const [x, y] = data();
    await fit(regression(), x, y, { ...args, epochs: 1, callbacks: [new Watch()] });
    expect(seen).toEqual([
      [0, 8, false, 1],
      [1, 8, false, 1],
      [2, 4, false, 1],
    ]);
  });

  it.each(['auto', 'never', 'epoch', 'batch', 1] as const)(
    'change nothing with yieldEvery %s',
    async (yieldEvery) => {
      const [x, y] = data();
      const expected = await fit(regression(), x, y, args);
      const actual = await fit(regression(), x, y, { ...args, yieldEvery });
      expect(actual.history).toEqual(expected.history);
    },
  );

  it('yield with the logs of a batch', async () => {
    const yields: (readonly [number, string[]])[] = [];
    const onYield = (epoch: number, _: number, logs: Logs) => void yields.push([epoch, Object.keys(logs)]);
    // tfjs asks this clock whether it is time.
    let now = 0;
    const nowFunc = () => {
      now += 1000;
      return now;
    };
    const [x, y] = data();
    await fit(regression(), x, y, { ...args, epochs: 1, callbacks: { onYield, nowFunc } });
    expect(yields[0]).toEqual([0, ['batch', 'size', 'loss', 'mae']]);
  });

  it('may be CustomCallback objects', async () => {
    const events: Event[] = [];
    const [x, y] = data();
    await fit(regression(), x, y, {
      ...args,
      epochs: 1,
      callbacks: [new CustomCallback(recorder(events), 'never')],
    });
    expect(events.filter(({ name }) => name === 'onBatchEnd')).toHaveLength(3);
  });

  it('leave the History in the model', async () => {
    const [x, y] = data();
    const model = regression();
    const history = await fit(model, x, y, args);
    expect((model as unknown as { model: { history: unknown } }).model.history).toBe(history);
    expect(Object.keys(history.history)).toEqual(['val_loss', 'val_mae', 'loss', 'mae']);
  });
});
