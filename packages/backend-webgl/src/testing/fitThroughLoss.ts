/** @file `fit` of @polyneuron/trainer while the browser takes the context away, and after it gave it back. */
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { type FitArgs, fit } from '@polyneuron/trainer';
import '@tensorflow/tfjs-backend-webgl';
import { ready, setBackend, tensor, train } from '@tensorflow/tfjs-core';
import { initializers, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { createWebglBackend } from '../webglBackend.js';
import { nextEvent } from './contextLoss.js';

const [samples, features, outputs] = [48, 8, 4];

function makeModel(): Sequential {
  const kernelInitializer = initializers.glorotNormal({ seed: 1 });
  const model = sequential({
    layers: [
      layers.dense({ units: 16, activation: 'tanh', inputShape: [features], kernelInitializer }),
      layers.dense({ units: outputs, kernelInitializer }),
    ],
  });
  model.compile({ optimizer: train.adam(0.01), loss: 'meanSquaredError' });
  return model;
}

const weightsOf = (model: Sequential) => Promise.all(model.getWeights().map((weight) => weight.data()));

async function expectSameWeights(actual: Sequential, expected: Sequential): Promise<void> {
  const [a, b] = [await weightsOf(actual), await weightsOf(expected)];
  a.forEach((values, at) => {
    expectClose(values as Float32Array, b[at] as Float32Array, tolerances.float32.exact);
  });
}

/**
 * Loses the context after the second epoch of four. Throws unless the model then has the weights of two epochs, and,
 * trained on after the restoration, those of four epochs without a break; returns what `fit` threw.
 */
export async function fitThroughLoss(): Promise<string> {
  await setBackend('webgl');
  await ready();
  const random = testRandom(5);
  const x = tensor(Float32Array.from(random.normals(samples * features)), [samples, features]);
  const y = tensor(Float32Array.from(random.normals(samples * outputs)), [samples, outputs]);
  const backend = createWebglBackend();
  const trainModel = (model: Sequential, args: FitArgs) =>
    fit(model, x, y, { backend, batchSize: 16, shuffle: false, verbose: 0, ...args });
  const [two, four, interrupted] = [makeModel(), makeModel(), makeModel()];
  await trainModel(two, { epochs: 2 });
  await trainModel(four, { epochs: 4 });
  const { context } = backend;
  const extension = context.getExtension('WEBGL_lose_context') as WEBGL_lose_context;
  const loseAfterSecond = async (epoch: number) => {
    if (epoch !== 1) return;
    const lost = nextEvent(context.canvas, 'webglcontextlost');
    extension.loseContext();
    await lost;
  };
  let thrown = 'nothing';
  try {
    await trainModel(interrupted, { epochs: 4, callbacks: { onEpochEnd: loseAfterSecond } });
  } catch (error) {
    thrown = (error as Error).name;
  }
  await expectSameWeights(interrupted, two);
  const restored = backend.whenRestored();
  extension.restoreContext();
  await restored;
  await trainModel(interrupted, { epochs: 4, initialEpoch: 2 });
  await expectSameWeights(interrupted, four);
  backend.dispose();
  return thrown;
}
