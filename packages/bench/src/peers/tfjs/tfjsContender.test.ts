import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { testRandom } from '@polyneuron/testing';
import { getBackend, memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { matMulForms, type PlannedLayer, type Task, type TrainingTask } from '../../cases/benchCase.js';
import { stepCases } from '../../cases/stepCases.js';
import type { Contender, Workload } from '../../contenders/contender.js';
import { openCase } from '../../programs/openCase.js';
import { maxErrorOf } from '../../runner/parity.js';
import { tfjsContender } from './tfjsContender.js';

function training(layers: readonly PlannedLayer[], part: Partial<TrainingTask> = {}): TrainingTask {
  return {
    kind: 'training',
    layers,
    loss: 'meanSquaredError',
    optimizer: { name: 'sgd', learningRate: 0.1 },
    batch: 4,
    distinctSamples: 2,
    data: () => ({
      samples: 12,
      x: Float32Array.from(testRandom(1).normals(12 * 3)),
      xShape: [12, 3],
      y: Float32Array.from(testRandom(2).normals(12 * 2)),
      yShape: [12, 2],
    }),
    ...part,
  };
}

const out: PlannedLayer = { layer: 'dense', config: { units: 2 } };

const images: Partial<TrainingTask> = {
  data: () => ({
    samples: 12,
    x: Float32Array.from(testRandom(1).normals(12 * 16)),
    xShape: [12, 4, 4, 1],
    y: Float32Array.from(testRandom(2).normals(12 * 2)),
    yShape: [12, 2],
  }),
};

const convolution = training(
  [
    { layer: 'conv2d', config: { filters: 2, kernelSize: 2, activation: 'tanh' } },
    { layer: 'maxPool2d', config: { poolSize: 2, strides: 1 } },
    { layer: 'flatten', config: {} },
    { layer: 'activation', config: { activation: 'tanh' } },
    out,
  ],
  images,
);

const tasks: Readonly<Record<string, Task>> = {
  'dense, sgd': training([{ layer: 'dense', config: { units: 4, activation: 'tanh' } }, out]),
  'quadDense, adam': training(
    [{ layer: 'quadDense', config: { units: 4, activation: 'sigmoid', start: 'document' } }, out],
    { optimizer: { name: 'adam', learningRate: 0.01 } },
  ),
  'featureCross, adagrad': training([{ layer: 'featureCross', config: {} }, out], {
    optimizer: { name: 'adagrad', learningRate: 0.1 },
  }),
  taylor: training([{ layer: 'taylor', config: { degree: 3 } }, out]),
  'softmax, cross-entropy': training([{ layer: 'dense', config: { units: 2, activation: 'softmax' } }], {
    loss: 'categoricalCrossentropy',
  }),
  lift: stepCases[4].task,
  ...Object.fromEntries(
    matMulForms.map((form) => [`matMul ${form}`, { kind: 'matMul', m: 3, n: 5, k: 7, form } as const]),
  ),
};

async function open(backend: string): Promise<Contender> {
  const { contenders, missing } = await tfjsContender(backend).open();
  expect(missing).toEqual([]);
  await contenders[0].activate?.();
  return contenders[0];
}

describe.each(['cpu', 'wasm'])('tfjsContender on %s', (backend) => {
  it.each(Object.entries(tasks))('computes %s as the reference does, and goes on', async (name, task) => {
    const contender = await open(backend);
    const opened = openCase({ name, task });
    const before = memory().numTensors;
    const workload = (await contender.prepare(opened)) as Workload;
    expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThanOrEqual(
      opened.check.tolerance,
    );
    const step = workload.granularity ?? 1;
    await workload.run(step);
    await workload.run(3 * step);
    workload.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('has no stock form of most layers', async () => {
    const opened = openCase({ name: 'x', task: training([{ layer: 'householder', config: {} }, out]) });
    expect(await (await open(backend)).prepare(opened)).toEqual({
      unsupported: 'no stock tfjs form of householder is written here',
    });
  });
});

describe('tfjsContender', () => {
  it('trains convolutions on cpu, and says why not on wasm', async () => {
    const opened = openCase({ name: 'x', task: convolution });
    const workload = (await (await open('cpu')).prepare(opened)) as Workload;
    expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThanOrEqual(
      opened.check.tolerance,
    );
    workload.dispose();
    expect(await (await open('wasm')).prepare(opened)).toEqual({
      unsupported: "stock tfjs has no kernel Conv2DBackpropFilter on backend 'wasm'",
    });
  });

  it('trains whole epochs: two runs of fit at least', async () => {
    const workload = (await (
      await open('cpu')
    ).prepare(openCase({ name: 'x', task: training([out]) }))) as Workload;
    expect(workload.granularity).toBe(3);
    workload.dispose();
  });

  it('makes its backend the active one', async () => {
    const [cpu, wasm] = [await open('cpu'), await open('wasm')];
    expect(getBackend()).toBe('wasm');
    await cpu.activate?.();
    expect(getBackend()).toBe('cpu');
    await wasm.activate?.();
    expect(getBackend()).toBe('wasm');
  });

  it('is missing where no package registered the backend', async () => {
    expect(await tfjsContender('webgl').open()).toMatchInlineSnapshot(`
      {
        "contenders": [],
        "missing": [
          "no package registered a tfjs backend 'webgl': import @tensorflow/tfjs-backend-webgl first",
        ],
      }
    `);
  });
});
