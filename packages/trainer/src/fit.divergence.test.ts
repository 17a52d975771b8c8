import '@tensorflow/tfjs-backend-cpu';
import { createReferenceBackend } from '@polyneuron/backend';
import { memory, type Optimizer, setBackend, tensor, train } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fit, NonFiniteLossError } from './index.js';
import { draws, setSeededWeights, weightsOf } from './testing/samples.js';

function regression(optimizer: Optimizer | string = 'sgd'): LayersModel {
  const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
  setSeededWeights(model, 7);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return model;
}

const x = () => draws(1).normal(6, 3);
const y = () => draws(2).normal(6, 2);

describe('a loss that is not finite', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  /** The square of the fifth sample overflows float32. */
  const exploding = () => {
    const values = Float32Array.from(x().dataSync());
    values[12] = 1e30;
    return tensor(values, [6, 3]);
  };

  it.each([undefined, createReferenceBackend()])(
    'stops, and keeps the weights from before the step (backend %#)',
    async (backend) => {
      // The float64 reference holds a loss of 1e60, which is beyond every float32.
      const [good, bad] = [regression(), regression()];
      const [inputs, targets] = [exploding(), y()];
      const args = { batchSize: 2, shuffle: false, ...(backend && { backend }) } as const;
      await fit(good, inputs, targets, { ...args, stepsPerEpoch: 2 });
      const tensors = memory().numTensors;
      const error = await fit(bad, inputs, targets, { ...args, yieldEvery: 'never' }).catch(
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(NonFiniteLossError);
      expect(error).toMatchObject({ epoch: 0, step: 2 });
      expect(weightsOf(bad)).toEqual(weightsOf(good));
      expect(memory().numTensors).toBe(tensors);
    },
  );

  it('says where and what to do', async () => {
    await expect(
      fit(regression(), exploding(), y(), { batchSize: 2, shuffle: false }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [NonFiniteLossError: fit expected a finite loss, got a loss of Infinity in epoch 0, step 2 (both counted from 0).

        weights   as they were before this step

      Fix: lower the learning rate, clip gradients (clipGlobalNorm), or scale inputs and targets to about 1]
    `);
  });

  it('changes nothing in the steps after it', async () => {
    const model = regression();
    const before = weightsOf(model);
    const values = Float32Array.from(x().dataSync());
    values[0] = 1e30;
    await expect(
      fit(model, tensor(values, [6, 3]), y(), { batchSize: 2, shuffle: false, yieldEvery: 'never' }),
    ).rejects.toThrow('step 0');
    expect(weightsOf(model)).toEqual(before);
  });

  it('goes back to the last good weights where an update itself is not finite', async () => {
    const model = regression(train.sgd(1e39));
    const before = weightsOf(model);
    await expect(fit(model, x(), y(), { batchSize: 6 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [NonFiniteLossError: fit expected a finite loss, got weights or optimizer state that are not finite in epoch 0, step 0 (both counted from 0).

        weights   as they were before training

      Fix: lower the learning rate, clip gradients (clipGlobalNorm), or scale inputs and targets to about 1]
    `);
    expect(weightsOf(model)).toEqual(before);
  });
});
