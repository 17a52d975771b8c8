import '@tensorflow/tfjs-backend-cpu';
import { createReferenceBackend } from '@polyneuron/backend';
import { testRandom } from '@polyneuron/testing';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { TrainingTask } from '../cases/benchCase.js';
import { openCase } from '../programs/openCase.js';
import { maxErrorOf } from '../runner/parity.js';
import { smallCase } from '../runner/testing/fakeWorld.js';
import type { Contender, Workload } from './contender.js';
import { fitContender } from './fitContender.js';

const task = (layers: TrainingTask['layers']): TrainingTask => ({
  kind: 'training',
  layers,
  loss: 'meanSquaredError',
  optimizer: { name: 'adam', learningRate: 0.01 },
  batch: 4,
  distinctSamples: 2,
  data: () => ({
    samples: 9,
    x: Float32Array.from(testRandom(1).normals(9 * 3)),
    xShape: [9, 3],
    y: Float32Array.from(testRandom(2).normals(9 * 2)),
    yShape: [9, 2],
  }),
});

async function open(): Promise<Contender> {
  const source = { name: 'reference', threads: [1], open: async () => createReferenceBackend() };
  const { contenders, missing } = await fitContender(source).open();
  expect(missing).toEqual([]);
  await contenders[0].activate?.();
  return contenders[0];
}

describe('fitContender', () => {
  it('trains as the reference does, in whole epochs, and leaves no tensor behind', async () => {
    const opened = openCase({
      name: 'x',
      task: task([
        { layer: 'quadDense', config: { units: 3, activation: 'tanh', start: 'document' } },
        { layer: 'featureCross', config: {} },
        { layer: 'taylor', config: { degree: 2 } },
        { layer: 'dense', config: { units: 2 } },
      ]),
    });
    const contender = await open();
    const before = memory().numTensors;
    const workload = (await contender.prepare(opened)) as Workload;
    expect(maxErrorOf(await workload.check(), opened.check.reference())).toBeLessThanOrEqual(
      opened.check.tolerance,
    );
    // 9 samples hold two batches of 4
    expect(workload.granularity).toBe(2);
    await workload.run(4);
    workload.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('says what it cannot take', async () => {
    const contender = await open();
    expect(await contender.prepare(openCase(smallCase))).toEqual({
      unsupported: 'fit trains sequential models only',
    });
    const stranger = openCase({
      name: 'x',
      task: task([
        { layer: 'softmax', config: {} },
        { layer: 'dense', config: { units: 2 } },
      ]),
    });
    expect(await contender.prepare(stranger)).toEqual({
      unsupported: 'no layer softmax is known to this contender',
    });
  });
});
