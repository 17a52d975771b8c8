/** @file Optimizers of ours, schedules, clipping and parameter groups of fit against a plain float64 loop. */
import '@tensorflow/tfjs-backend-cpu';
import { createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { quadDense } from '@polyneuron/layers';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { setBackend, train } from '@tensorflow/tfjs-core';
import { type LayersModel, type Logs, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FitArgs, fit } from './index.js';
import { type NeuronWeights, trainNeuron } from './testing/quadraticLoop.js';
import { draws, setSeededWeights, weightsOf } from './testing/samples.js';

const close = tolerances.float32.trainingRun;
/**
 * A weight itself may be near 0. Adam's step is about η = 0.05 long whatever the gradient, so the relative error of a
 * gradient becomes η times that in the weight.
 */
const closeWeights = { ...close, atol: 0.05 * tolerances.float32.gradient.rtol };
const backends = [
  { name: 'the float64 reference', backend: createReferenceBackend() },
  { name: 'tfjs cpu', backend: undefined },
  { name: 'compiled WebAssembly', backend: createWasmBackend() },
];

const random = testRandom(3);
const rows = Array.from({ length: 22 }, () => [random.normal(), random.normal()]);
const targets = rows.map(([a, b]) => a * a + 2 * a * b - 0.5);
const x = { data: rows.flat(), shape: [22, 2] };
const y = { data: targets, shape: [22, 1] };
const plan = { batchSize: 8, epochs: 3, shuffle: false } as const;

/** One quadratic neuron away from its start, and its weights. */
function neuron(): { model: LayersModel; start: NeuronWeights } {
  const layer = quadDense({ units: 1, inputShape: [2], name: 'quad' });
  const model = sequential({ layers: [layer] });
  setSeededWeights(model, 7);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return { model, start: valuesOf(layer) };
}

const valuesOf = (layer: ReturnType<typeof quadDense>): NeuronWeights =>
  Object.fromEntries(
    layer.parameters.map(({ spec, variable }) => [spec.name, Array.from(variable.read().dataSync())]),
  );

const cosine = (step: number) => 0.05 * ((0.9 * (1 + Math.cos((Math.PI * Math.min(step, 6)) / 6))) / 2 + 0.1);

describe.each(backends)('fit on $name equals a float64 loop', ({ backend }) => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  const run = async (args: FitArgs) => {
    const { model, start } = neuron();
    const { history } = await fit(model, x, y, { ...plan, ...args, ...(backend && { backend }) });
    return { start, losses: history.loss as number[], weights: valuesOf(model.layers[0] as never) };
  };
  const compare = async (
    args: FitArgs,
    loop: (start: NeuronWeights) => Partial<Parameters<typeof trainNeuron>[0]>,
  ) => {
    const { start, losses, weights } = await run(args);
    const expected = trainNeuron({
      ...plan,
      x: rows,
      y: targets,
      start,
      learningRate: () => 0.05,
      ruleOf: () => ({ factor: 1, decay: 0, rest: [0, 0] }),
      ...loop(start),
    });
    expectClose(losses, expected.losses, close);
    for (const name of Object.keys(start)) expectClose(weights[name], expected.weights[name], closeWeights);
  };

  it('with AdamW, whose decay pulls towards 0', async () => {
    await compare(
      { optimizer: { name: 'adamW', learningRate: 0.05, weightDecay: 0.5, beta2: 0.99 } },
      () => ({ betas: [0.9, 0.99], ruleOf: () => ({ factor: 1, decay: 0.5, rest: [0, 0] }) }),
    );
  });

  it('with a schedule that warms up, and with a clipped global norm', async () => {
    await compare(
      {
        optimizer: { name: 'adam' },
        schedule: {
          name: 'cosineDecay',
          initialLearningRate: 0.05,
          decaySteps: 6,
          alpha: 0.1,
          warmUp: { warmUpSteps: 2, from: 0.01 },
        },
        clipGlobalNorm: 0.5,
      },
      () => ({
        clipGlobalNorm: 0.5,
        learningRate: (step) => (step < 2 ? 0.01 + (0.04 * step) / 2 : cosine(step - 2)),
      }),
    );
  });

  it('with groups: a factor, decay to 1 and 0 by law, decay to the first values of a random law', async () => {
    await compare(
      {
        optimizer: { name: 'adam', learningRate: 0.05 },
        parameterGroups: {
          products: {
            match: { weight: /^(kernelG|biasG|kernelB|biasC)$/ },
            learningRateFactor: 0.1,
            decay: 0.8,
          },
          linear: { match: { layer: 'quad', weight: 'kernelR' }, decay: 2 },
        },
      },
      (start) => ({
        ruleOf: (name) => {
          if (name === 'kernelR') return { factor: 1, decay: 2, rest: start.kernelR };
          if (name === 'biasR') return { factor: 1, decay: 0, rest: [0] };
          return { factor: 0.1, decay: 0.8, rest: name === 'biasG' ? [1] : [0, 0] };
        },
      }),
    );
  });

  it("with groups of AdamW: its decay pulls a group towards its start, and a group's own stands in its place", async () => {
    await compare(
      {
        optimizer: { name: 'adamW', learningRate: 0.05, weightDecay: 0.5 },
        parameterGroups: {
          products: { match: { weight: /G$/ } },
          biases: { match: { weight: /^bias[RC]$/ }, decay: 0 },
        },
      },
      () => ({
        ruleOf: (name) => ({
          factor: 1,
          decay: ['biasR', 'biasC'].includes(name) ? 0 : 0.5,
          rest: name === 'biasG' ? [1] : [0, 0],
        }),
      }),
    );
  });
});

describe('the group that records name', () => {
  it('decays to the linear start: the gate of a quadratic layer to 1, never to 0', async () => {
    await setBackend('cpu');
    const { model, start } = neuron();
    // A decay of η λ = 1 and no learning: one step goes all the way.
    await fit(model, x, y, {
      optimizer: { name: 'adamW', learningRate: 0.01, weightDecay: 0.5 },
      parameterGroups: { higherOrder: { learningRateFactor: 0, decay: 100 } },
    });
    const weights = valuesOf(model.layers[0] as never);
    expect(weights.biasG).toEqual([1]);
    expect([...weights.kernelG, ...weights.kernelB]).toEqual([0, 0, 0, 0]);
    expect(weights.kernelR).not.toEqual(start.kernelR);
  });
});

describe("with the model's own optimizer", () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  const regression = () => {
    const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3], name: 'last' })] });
    setSeededWeights(model, 7);
    model.compile({ optimizer: train.sgd(0.1), loss: 'meanSquaredError' });
    return model;
  };
  const data = () => [draws(1).normal(22, 3), draws(2).normal(22, 2)] as const;
  const args = { ...plan, yieldEvery: 'never' } as const;
  const trained = async (more: FitArgs) => {
    const model = regression();
    const { history } = await fit(model, ...data(), { ...args, ...more });
    return { losses: history.loss as number[], weights: weightsOf(model) };
  };

  it('a schedule takes the place of its rate', async () => {
    const byRate = await trained({});
    const constant = await trained({ schedule: { name: 'constant', learningRate: 0.1 } });
    expect(constant.weights).toEqual(byRate.weights);
    const stopped = await trained({
      schedule: { name: 'piecewiseConstant', boundaries: [2], values: [0.1, 0] },
    });
    const epoch = await trained({ epochs: 1 });
    expect(stopped.weights).toEqual(epoch.weights);
  });

  it('a factor is a learning rate, and a factor of 0 holds a weight still', async () => {
    const whole = await trained({
      parameterGroups: { all: { match: { layer: 'last' }, learningRateFactor: 0.5 } },
    });
    const halved = await trained({ schedule: { name: 'constant', learningRate: 0.05 } });
    expectClose(whole.weights, halved.weights, close);
    const still = await trained({
      parameterGroups: { bias: { match: { weight: 'bias' }, learningRateFactor: 0 } },
    });
    expect(still.weights.slice(6)).toEqual(weightsOf(regression()).slice(6));
    expect(still.weights.slice(0, 6)).not.toEqual(weightsOf(regression()).slice(0, 6));
  });

  it('clipping by value bounds the step, and clipping by norm that of each weight', async () => {
    const start = weightsOf(regression());
    const step = async (more: FitArgs) =>
      (await trained({ ...more, epochs: 1, stepsPerEpoch: 1 })).weights.map((w, at) => w - start[at]);
    for (const change of await step({ clipValue: 1e-3 }))
      expect(Math.abs(change)).toBeLessThanOrEqual(1.001e-4);
    const byNorm = await step({ clipNorm: 1e-3 });
    // The learning rate is 0.1, both gradients are longer than the limit; float32 leaves 2^-24 of weights of order 1.
    for (const part of [byNorm.slice(0, 6), byNorm.slice(6)])
      expectClose([Math.hypot(...part)], [1e-4], { rtol: 0, atol: 4 * 2 ** -24 });
  });

  it('decay of a stock layer pulls towards what its tfjs initializer says', async () => {
    // A decay of η λ = 1 and a rate of 0 for learning: one step goes all the way.
    const model = sequential({
      layers: [
        layers.dense({
          units: 2,
          inputShape: [3],
          kernelInitializer: { className: 'Constant', config: { value: 0.25 } } as never,
          biasInitializer: 'ones',
        }),
      ],
    });
    setSeededWeights(model, 7);
    model.compile({ optimizer: train.sgd(0.1), loss: 'meanSquaredError' });
    await fit(model, ...data(), {
      parameterGroups: { all: { match: { weight: /./ }, learningRateFactor: 0, decay: 10 } },
    });
    expectClose(weightsOf(model), [...new Array(6).fill(0.25), 1, 1], tolerances.float32.elementwise);
  });

  it('the same groups keep the start over several calls, others take a new one', async () => {
    const model = regression();
    const start = weightsOf(model);
    const groups = { all: { match: { layer: 'last', weight: 'kernel' }, learningRateFactor: 0, decay: 10 } };
    await fit(model, ...data(), { ...args, parameterGroups: groups });
    setSeededWeights(model, 8);
    await fit(model, ...data(), { ...args, parameterGroups: groups });
    expectClose(weightsOf(model).slice(0, 6), start.slice(0, 6), tolerances.float32.elementwise);
    setSeededWeights(model, 8);
    const later = weightsOf(model);
    await fit(model, ...data(), { ...args, parameterGroups: { ...groups } });
    expectClose(weightsOf(model).slice(0, 6), later.slice(0, 6), tolerances.float32.elementwise);
  });

  it('History and what callbacks are told stay as they are', async () => {
    const seen: string[] = [];
    const model = regression();
    const { history } = await fit(model, ...data(), {
      ...plan,
      optimizer: { name: 'adamW' },
      clipGlobalNorm: 1,
      parameterGroups: { kernels: { match: { weight: 'kernel' }, decay: 0.1 } },
      validationSplit: 0.2,
      callbacks: {
        onEpochEnd: (epoch: number, logs?: Logs) => void seen.push(`${epoch} ${Object.keys(logs ?? {})}`),
      },
    });
    expect(Object.keys(history)).toEqual(['val_loss', 'loss']);
    expect(seen).toEqual(['0 val_loss,loss', '1 val_loss,loss', '2 val_loss,loss']);
  });
});
