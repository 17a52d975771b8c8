import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolyneuronError } from '@polyneuron/graph';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { registerLayers } from '../registerLayers.js';
import { everyLayerModel } from '../testing/everyLayer.js';
import { useBackend } from '../testing/tfjsBackends.js';
import { fileHandler } from './fileHandler.js';

const x = [0.5, -1.25, 2, 0.125];

describe('fileHandler', () => {
  let directory: string;
  beforeAll(async () => {
    registerLayers();
    await useBackend('cpu');
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'polyneuron-files-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  });

  const predict = (model: LayersModel) => (model.predict(tensor(x, [1, 4])) as Tensor).dataSync();
  const weightsFile = () =>
    join(directory, readdirSync(directory).find((name) => name.endsWith('.bin')) as string);
  /** The error's text, with what differs from run to run replaced. */
  const failure = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(PolyneuronError);
    return (error as Error).message
      .replaceAll(directory, '<directory>')
      .replaceAll(/[0-9a-f]{64}/g, '<sha256>');
  };

  it('saves model.json and one weights file that it names, and loads the same model', async () => {
    const model = everyLayerModel();
    await model.save(fileHandler(join(directory, 'new/model')));
    const files = readdirSync(join(directory, 'new/model')).sort();
    expect(files.map((name) => name.replace(/[0-9a-f]{64}/, '<sha256>'))).toEqual([
      'model.json',
      'weights-<sha256>.bin',
    ]);
    const loaded = await loadLayersModel(fileHandler(join(directory, 'new/model')));
    expect(predict(loaded)).toEqual(predict(model));
  });

  it('replaces an older model and its weights', async () => {
    await everyLayerModel().save(fileHandler(directory));
    const model = everyLayerModel();
    const layer = model.getLayer('affine');
    layer.setWeights(
      layer.getWeights().map((weight) =>
        tensor(
          [...weight.dataSync()].map(() => 3),
          weight.shape,
          weight.dtype,
        ),
      ),
    );
    await model.save(fileHandler(directory));
    expect(readdirSync(directory).length).toBe(2);
    expect(predict(await loadLayersModel(fileHandler(directory)))).toEqual(predict(model));
  });

  it('keeps the training configuration', async () => {
    const model = everyLayerModel();
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await model.save(fileHandler(directory), { includeOptimizer: true });
    expect((await loadLayersModel(fileHandler(directory))).loss).toBe('meanSquaredError');
  });

  it('rejects a directory without a model', async () => {
    expect(await failure(loadLayersModel(fileHandler(directory)))).toMatchInlineSnapshot(`
      "fileHandler expected a directory with model.json, got ENOENT.

        directory   <directory>

      Fix: check the path"
    `);
  });

  it('rejects a model.json that is no model', async () => {
    writeFileSync(join(directory, 'model.json'), '{"modelTopology": ');
    expect(await failure(loadLayersModel(fileHandler(directory)))).toMatchInlineSnapshot(`
      "fileHandler expected model.json with modelTopology and weightsManifest, got 18 characters of other text.

        directory   <directory>

      Fix: the save was damaged after it was written: save the model again"
    `);
  });

  it('rejects missing, corrupt and truncated weights', async () => {
    await everyLayerModel().save(fileHandler(directory));
    const bytes = readFileSync(weightsFile());
    bytes[5] ^= 1;
    writeFileSync(weightsFile(), bytes);
    expect(await failure(loadLayersModel(fileHandler(directory)))).toMatchInlineSnapshot(`
      "fileHandler expected weights-<sha256>.bin to have the SHA-256 in its name, got <sha256> (872 bytes).

        directory   <directory>

      Fix: the save was damaged after it was written: save the model again"
    `);
    truncateSync(weightsFile(), 10);
    expect(await failure(loadLayersModel(fileHandler(directory)))).toMatchInlineSnapshot(`
      "fileHandler expected weights-<sha256>.bin to have the SHA-256 in its name, got <sha256> (10 bytes).

        directory   <directory>

      Fix: the save was damaged after it was written: save the model again"
    `);
    unlinkSync(weightsFile());
    expect(await failure(loadLayersModel(fileHandler(directory)))).toMatchInlineSnapshot(`
      "fileHandler expected the weights file weights-<sha256>.bin, got ENOENT.

        directory   <directory>

      Fix: the save was damaged after it was written: save the model again"
    `);
  });

  it('rejects truncated weights of another writer, which carry no digest', async () => {
    await everyLayerModel().save(fileHandler(directory));
    const json = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));
    json.weightsManifest[0].paths = ['group1-shard1of1.bin'];
    writeFileSync(join(directory, 'model.json'), JSON.stringify(json));
    writeFileSync(join(directory, 'group1-shard1of1.bin'), readFileSync(weightsFile()).subarray(0, 40));
    expect(await failure(loadLayersModel(fileHandler(directory)))).toMatchInlineSnapshot(`
      "fileHandler expected 872 bytes of weights, got 40 bytes.

        directory   <directory>

      Fix: the save was damaged after it was written: save the model again"
    `);
  });

  it('rejects a path that cannot be a directory, and leaves nothing behind', async () => {
    writeFileSync(join(directory, 'file'), '');
    expect(
      await failure(everyLayerModel().save(fileHandler(join(directory, 'file/model')))),
    ).toMatchInlineSnapshot(`
      "fileHandler expected a directory that can be written, got ENOTDIR.

        directory   <directory>/file/model

      Fix: check the path, its permissions and the free space"
    `);
    expect(readdirSync(directory)).toEqual(['file']);
  });

  it('rejects artifacts without a JSON topology', async () => {
    expect(await failure(fileHandler(directory).save({}))).toMatchInlineSnapshot(`
      "fileHandler expected a layers model with a JSON topology, got no topology.

      Fix: save a model made with tf.sequential, tf.model or loadLayersModel"
    `);
    expect(
      await failure(fileHandler(directory).save({ modelTopology: new ArrayBuffer(1) })),
    ).toMatchInlineSnapshot(`
      "fileHandler expected a layers model with a JSON topology, got binary topology.

      Fix: save a model made with tf.sequential, tf.model or loadLayersModel"
    `);
    expect(readdirSync(directory)).toEqual([]);
  });
});
