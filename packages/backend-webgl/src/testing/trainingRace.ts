/**
 * @file Stock tfjs-webgl `model.fit` and `fit` of @polyneuron/trainer on this backend, on the same models, data and GPU:
 * shader passes and time per step.
 */
import { featureCross, quadDense } from '@polyneuron/layers';
import { testRandom } from '@polyneuron/testing';
import { fit } from '@polyneuron/trainer';
import '@tensorflow/tfjs-backend-webgl';
import { type Optimizer, ready, setBackend, type Tensor, tensor, train } from '@tensorflow/tfjs-core';
import { type Sequential, sequential, layers as stock } from '@tensorflow/tfjs-layers';
import { backendOf } from './backends.js';
import { PlainFeatureCross, PlainQuadDense } from './plainLayers.js';

type Contender = 'stock' | 'ours';
type Layer = stock.Layer;

interface RaceCase {
  readonly features: number;
  readonly outputs: number;
  readonly batch: number;
  readonly loss: string;
  readonly optimizer: () => Optimizer;
  layers(contender: Contender): Layer[];
}

/** The cases of @polyneuron/bench of these names. */
const cases = {
  'mnist-mlp': {
    features: 784,
    outputs: 10,
    batch: 64,
    loss: 'categoricalCrossentropy',
    optimizer: () => train.sgd(0.01),
    layers: () => [
      stock.dense({ units: 64, activation: 'tanh' }),
      stock.dense({ units: 64, activation: 'tanh' }),
      stock.dense({ units: 10, activation: 'softmax' }),
    ],
  },
  'quad-autoencoder': {
    features: 784,
    outputs: 784,
    batch: 32,
    loss: 'meanSquaredError',
    optimizer: () => train.adam(0.001),
    layers: (contender) =>
      contender === 'ours'
        ? [quadDense({ units: 64, activation: 'relu' }), quadDense({ units: 784, activation: 'sigmoid' })]
        : [new PlainQuadDense(64, 'relu'), new PlainQuadDense(784, 'sigmoid')],
  },
  cross: {
    features: 3,
    outputs: 1,
    batch: 1000,
    loss: 'meanSquaredError',
    optimizer: () => train.adagrad(0.4),
    layers: (contender) => [
      contender === 'ours' ? featureCross() : new PlainFeatureCross(),
      stock.dense({ units: 1 }),
    ],
  },
} satisfies Record<string, RaceCase>;

export type RaceName = keyof typeof cases;
export const raceNames = Object.keys(cases) as RaceName[];

interface Runner {
  /** Trains so many epochs, and returns when the losses have been read back. */
  run(epochs: number): Promise<number[]>;
  dispose(): void;
}

async function start(name: RaceName, contender: Contender, stepsPerEpoch: number): Promise<Runner> {
  await setBackend('webgl');
  await ready();
  const { features, outputs, batch, loss, optimizer, layers }: RaceCase = cases[name];
  const model: Sequential = sequential();
  model.add(stock.inputLayer({ inputShape: [features] }));
  for (const layer of layers(contender)) model.add(layer);
  model.compile({ optimizer: optimizer(), loss });
  const random = testRandom(1);
  const samples = batch * stepsPerEpoch;
  const draw = (width: number) =>
    tensor(
      Float32Array.from(random.normals(samples * width), (value) => Math.abs(value) / 4),
      [samples, width],
    );
  const [x, y] = [draw(features), draw(outputs)] as const;
  const common = { batchSize: batch, shuffle: false, verbose: 0, yieldEvery: 'never' } as const;
  const trainers: { readonly [K in Contender]: (epochs: number) => Promise<{ history: object }> } = {
    stock: (epochs) => model.fit(x, y, { ...common, epochs }),
    ours: (epochs) => fit(model, x, y, { ...common, epochs, backend: backendOf('webgl') }),
  };
  return {
    run: async (epochs) => {
      const { history } = await trainers[contender](epochs);
      return (history as { loss: number[] }).loss;
    },
    dispose: () => {
      for (const one of [x, y] as Tensor[]) one.dispose();
      model.dispose();
    },
  };
}

let draws = 0;

/** Counts the draw calls of every context of this page from now on, whoever makes them. */
function countDraws(): void {
  const { prototype } = WebGL2RenderingContext;
  for (const name of ['drawArrays', 'drawElements'] as const) {
    const draw = prototype[name] as (...values: number[]) => void;
    prototype[name] = function (this: WebGL2RenderingContext, ...values: number[]) {
      draws++;
      draw.apply(this, values);
    };
  }
}

/** Shader passes per training step; what a call of fit or an epoch costs by itself is left out. */
export async function countPasses(name: RaceName): Promise<Record<Contender, number>> {
  if (draws === 0) countDraws();
  const count = async (contender: Contender) => {
    const passesOf = async (steps: number) => {
      const runner = await start(name, contender, steps);
      const before = draws;
      await runner.run(1);
      const drawn = draws - before;
      runner.dispose();
      return drawn;
    };
    return ((await passesOf(5)) - (await passesOf(1))) / 4;
  };
  return { stock: await count('stock'), ours: await count('ours') };
}

let runners: Readonly<Record<Contender, Runner>> | undefined;

/** Builds both models for epochs of so many steps and runs each once: shaders are compiled then. */
export async function openRace(name: RaceName, stepsPerEpoch: number): Promise<void> {
  for (const runner of Object.values(runners ?? {})) runner.dispose();
  runners = {
    stock: await start(name, 'stock', stepsPerEpoch),
    ours: await start(name, 'ours', stepsPerEpoch),
  };
  for (const runner of Object.values(runners)) await runner.run(1);
}

/** Milliseconds that a call of fit takes. */
export async function timeEpochs(contender: Contender, epochs: number): Promise<number> {
  if (!runners) throw new Error('timeEpochs expected openRace before it');
  const from = performance.now();
  await runners[contender].run(epochs);
  return performance.now() - from;
}
