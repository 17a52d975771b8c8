import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { ones, type Tensor, tensor, train } from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { scatterWeights } from '../../testing/layerCase.js';
import { useBackend } from '../../testing/tfjsBackends.js';
import { extendGrid } from './extendGrid.js';
import { splineKan } from './splineKan.js';
import { updateGrid } from './updateGrid.js';

describe('extendGrid', () => {
  beforeAll(() => useBackend('cpu'));

  it.each(['zero', 'linear', 'clamp'] as const)(
    "keeps the outputs of a model, in the grid and outside, with '%s'",
    (outside) => {
      const options = { outside, useSplineScaler: true, scaleSpline: 1 };
      const layers = [
        splineKan({ units: 3, inputShape: [2], ...options, name: 'first' }),
        splineKan({ units: 1, ...options, name: 'second' }),
      ];
      const model = sequential({ layers });
      layers.forEach(scatterWeights);
      const x = tensor(Float32Array.from(testRandom(1).normals(80)), [40, 2]);
      updateGrid(layers[0], x);
      const finer = sequential({ layers: layers.map((layer) => extendGrid(layer, 11)) });
      expect(finer.layers.map(({ name }) => name)).toEqual(['first', 'second']);
      expect(finer.layers.map((layer) => layer.getConfig().gridSize)).toEqual([11, 11]);
      expect(layers[0].config.gridSize).toBe(5);
      expectClose(
        (finer.predict(x) as Tensor).dataSync(),
        (model.predict(x) as Tensor).dataSync(),
        tolerances.float32.gradient,
      );
    },
  );

  it('gives a layer that trains, on weights of its own', async () => {
    const layer = splineKan({ units: 1, inputShape: [1] });
    sequential({ layers: [layer] });
    const before = layer.getWeights().map((value) => Array.from(value.dataSync()));
    const finer = sequential({ layers: [extendGrid(layer, 10)] });
    finer.compile({ optimizer: train.adam(0.05), loss: 'meanSquaredError' });
    const x = tensor([-1, -0.5, 0, 0.5, 1], [5, 1]);
    const { history } = await finer.fit(x, ones([5, 1]), { epochs: 10 });
    const losses = history.loss as number[];
    expect(losses[9]).toBeLessThan(losses[0]);
    expect(layer.getWeights().map((value) => Array.from(value.dataSync()))).toEqual(before);
  });

  it('rejects a layer without weights, and a coarser grid', () => {
    const layer = splineKan({ units: 1, inputShape: [1], name: 'kan' });
    expect(() => extendGrid(layer, 10)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: extendGrid expected a layer that is built, got kan without weights.

      Fix: add the layer to a model, or apply it to data once]
    `);
    sequential({ layers: [layer] });
    expect(() => extendGrid(layer, 3)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: extendSplineGrid expected gridSize to be a whole number of at least 5, that of the curves, got 3.

      Fix: a coarser grid cannot hold the same curves: build another layer for it]
    `);
  });
});
