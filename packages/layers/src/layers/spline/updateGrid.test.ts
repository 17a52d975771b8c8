import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { io, memory, ones, reshape, type Tensor, tensor, tidy, train } from '@tensorflow/tfjs-core';
import { loadLayersModel, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../registerLayers.js';
import { useBackend } from '../../testing/tfjsBackends.js';
import { writeCurves } from './curvesOf.js';
import { splineKan } from './splineKan.js';
import { updateGrid } from './updateGrid.js';

const first = (model: Sequential) => model.layers[0] as ReturnType<typeof splineKan>;
const predict = (model: { predict(x: Tensor): Tensor | Tensor[] }, x: Tensor) =>
  tidy(() => (model.predict(x) as Tensor).dataSync());
const weight = (layer: ReturnType<typeof splineKan>, name: string) => {
  const found = layer.parameters.find(({ spec }) => spec.name === name);
  return Array.from(found?.variable.read().dataSync() ?? []);
};

/** 100 rows of two features, beyond the first grid [-1, 1]. */
const samples = () =>
  tensor(
    Float32Array.from(testRandom(1).normals(200), (value) => 3 * value + 2),
    [100, 2],
  );

/** Straight lines, which every grid draws exactly. */
function drawLines(layer: ReturnType<typeof splineKan>): void {
  const grid = weight(layer, 'grid');
  const splineKernel = [0, 12].flatMap((row) =>
    Array.from({ length: 8 }, (_, at) => {
      const average = (grid[row + at + 1] + grid[row + at + 2] + grid[row + at + 3]) / 3;
      return [average, 1 - average];
    }).flat(),
  );
  writeCurves(layer, { ...layer.config, features: 2, grid, splineKernel });
}

describe('updateGrid', () => {
  beforeAll(async () => {
    registerLayers();
    await useBackend('cpu');
  });

  it('moves the grid to the data and keeps the outputs on it', () => {
    const model = sequential({ layers: [splineKan({ units: 2, inputShape: [2] })] });
    drawLines(first(model));
    const x = samples();
    const before = predict(model, x);
    updateGrid(first(model), x);
    const grid = weight(first(model), 'grid');
    expect(grid[3]).toBeLessThan(-1);
    expect(grid[8]).toBeGreaterThan(1);
    expectClose(predict(model, x), before, tolerances.float32.gradient);
  });

  it('defect: efficient-kan update_grid applies the standalone scaler twice', () => {
    const model = sequential({ layers: [splineKan({ units: 2, inputShape: [2], useSplineScaler: true })] });
    drawLines(first(model));
    const scaler = first(model).parameters.find(({ spec }) => spec.name === 'splineScaler');
    scaler?.variable.write(tensor([5, -3, 0.5, 4], [2, 2]));
    const x = samples();
    const before = predict(model, x);
    updateGrid(first(model), x);
    expect(weight(first(model), 'splineScaler')).toEqual([5, -3, 0.5, 4]);
    expectClose(predict(model, x), before, tolerances.float32.gradient);
  });

  it('leaves a model that trains on, and that loads with its grid', async () => {
    const model = sequential({ layers: [splineKan({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer: train.adam(0.01), loss: 'meanSquaredError' });
    const x = samples();
    const y = ones([100, 1]);
    const options = { epochs: 1, batchSize: 100, shuffle: false };
    await model.fit(x, y, options);
    updateGrid(first(model), x);
    const grid = weight(first(model), 'grid');
    const { history } = await model.fit(x, y, { ...options, epochs: 20 });
    const losses = history.loss as number[];
    expect(losses[19]).toBeLessThan(losses[0]);
    expect(weight(first(model), 'grid')).toEqual(grid);

    let artifacts: io.ModelArtifacts = {};
    await model.save(
      io.withSaveHandler(async (saved) => {
        artifacts = saved;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await loadLayersModel(io.fromMemory(artifacts));
    expect(predict(loaded, x)).toEqual(predict(model, x));
  });

  it('takes inputs of any rank, and leaves no tensor behind', () => {
    const layer = splineKan({ units: 1, inputShape: [5, 2] });
    sequential({ layers: [layer] });
    const x = reshape(samples(), [20, 5, 2]);
    const before = memory().numTensors;
    updateGrid(layer, x, { uniformShare: 1, margin: 0 });
    expect(memory().numTensors).toBe(before);
    const values = x.dataSync().filter((_, at) => at % 2 === 0);
    expectClose(weight(layer, 'grid')[3], Math.min(...values), tolerances.float32.elementwise);
  });

  it('rejects a layer without weights, another width, and what updateSplineGrid rejects', () => {
    expect(() =>
      updateGrid(splineKan({ units: 1, name: 'kan' }), ones([1, 2])),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: updateGrid expected a layer that is built, got kan without weights.

      Fix: add the layer to a model, or apply it to data once]
    `);
    const layer = splineKan({ units: 1, inputShape: [2], name: 'kan' });
    sequential({ layers: [layer] });
    expect(() => updateGrid(layer, ones([4, 3]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: updateGrid expected the last axis of x to be 2, the features of kan, got [4, 3].

      Fix: pass what the layer itself gets, for example from tf.model({ inputs: model.inputs, outputs: layer.input })]
    `);
    expect(() => updateGrid(layer, ones([0, 2]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: updateSplineGrid expected samples [N, 2] with at least one row, got 0 values.

      Fix: pass the inputs of the layer, row after row]
    `);
  });
});
