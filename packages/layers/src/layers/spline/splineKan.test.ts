import { ones, tensor, train } from '@tensorflow/tfjs-core';
import { regularizers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { testLayer } from '../../testing/layerSuite.js';
import { useBackend } from '../../testing/tfjsBackends.js';
import { SplineKan, splineKan } from './splineKan.js';

testLayer(SplineKan, splineKan as never);

describe('splineKan', () => {
  beforeAll(() => useBackend('cpu'));

  it('defect: efficient-kan NaN entropy of splines that are all 0: the penalty there is, l1, is finite and trains', async () => {
    // No entropy regulariser is built: 0 log 0 is NaN in the library's. Sparsity comes from kernelRegularizer.
    const layer = splineKan({
      units: 1,
      inputShape: [2],
      scaleSpline: 0,
      kernelRegularizer: regularizers.l1({ l1: 0.01 }),
    });
    const model = sequential({ layers: [layer] });
    model.compile({ optimizer: train.sgd(0.1), loss: 'meanSquaredError' });
    const { history } = await model.fit(ones([4, 2]), tensor([1, 2, 3, 4], [4, 1]), {
      epochs: 2,
      batchSize: 4,
    });
    expect((history.loss as number[]).every(Number.isFinite)).toBe(true);
    for (const weight of model.getWeights()) expect(weight.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('keeps its grid from the optimizer, and saves it', () => {
    const layer = splineKan({ units: 1, inputShape: [2] });
    sequential({ layers: [layer] });
    const names = (weights: { name: string }[]) => weights.map(({ name }) => name.split('/').at(-1));
    expect(names(layer.trainableWeights)).not.toContain('grid');
    expect(names(layer.weights)).toContain('grid');
  });
});
