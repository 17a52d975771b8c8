import '@tensorflow/tfjs-backend-cpu';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { registerLayers } from '@polyneuron/layers';
import { expectClose, tolerances } from '@polyneuron/testing';
import { io, setBackend, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelFiles } from '../../protocol/messages.js';
import { defaultSettings, type Settings } from '../../state/settings.js';
import { Duel } from '../run/duel.js';
import { Pictures } from '../run/pictures.js';
import { layersOf } from '../testing/layersOf.js';
import { exportModel, weightsFile } from './exportModel.js';
import { importNetwork } from './importModel.js';

const backend = createWasmBackend();
const points = Float32Array.of(0.3, -0.7, -0.2, 0.9, 1, 1, 0, 0, -0.55, -0.35);

/** What tf.loadLayersModel does to the two files, without a server. */
async function predictWithTfjs({ topology, weights }: ModelFiles): Promise<number[]> {
  const { modelTopology, weightsManifest } = JSON.parse(topology);
  expect(weightsManifest[0].paths).toEqual([weightsFile]);
  const model = await loadLayersModel(
    io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: weights.slice().buffer,
    }),
  );
  return Array.from((model.predict(tensor2d(points, [5, 2])) as Tensor).dataSync());
}

async function trained(settings: Partial<Settings>, side: 0 | 1 = 0) {
  const whole = { ...defaultSettings, stop: 20, samples: 100, rate: 0.01, ...settings };
  const duel = await Duel.create(backend, whole);
  for (let outcome = duel.outcome(); outcome.kind === 'going'; ) outcome = await duel.advance(20);
  const { network } = duel.contestants[side];
  const weights = await duel.contestants[side].weights();
  const pictures = new Pictures(backend, network, duel.objective, duel.data);
  const outputs = Array.from(await pictures.outputsAt(weights, 'test', () => points));
  return { files: exportModel(network, weights, whole, duel.data.task), outputs, weights, data: duel.data };
}

describe('exportModel', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('writes dense nets that plain tfjs loads', async () => {
    const { files, outputs } = await trained({ network: layersOf('d3t.d2r') });
    expectClose(await predictWithTfjs(files), outputs, tolerances.float32.transcendental);
  });

  it.each(['q1', 'q2r3t.q1', 'x1d2t', 'h2', 'h2w3s', 't2d3.t1', 'c3d5t.c2', 'f2r3r', 'x1.q2.t3d4.d2t'])(
    'writes %s as tfjs with registerLayers() loads it, with the same predictions',
    async (text) => {
      registerLayers();
      const { files, outputs } = await trained({ network: layersOf(text) });
      expectClose(await predictWithTfjs(files), outputs, tolerances.float32.gradient);
    },
  );

  it('writes hand-made features as the quadratic form that they are', async () => {
    registerLayers();
    const { files, outputs } = await trained({ rival: { kind: 'features' } }, 1);
    expectClose(await predictWithTfjs(files), outputs, tolerances.float32.transcendental);
  });

  it('says what the model is of', async () => {
    const { files } = await trained({ dataset: 'xor' });
    expect(JSON.parse(files.topology).userDefinedMetadata).toEqual({
      playground: 'v=1&d=xor&n=100&r=0.01&t=20',
      inputs: ['x1', 'x2'],
      output: 'logit',
    });
  });
});

describe('importNetwork', () => {
  it.each(['q1', 'q2r3t.q1', 'x1d2t', 'h2w3s', 't2d3.t1', 'c3d5t.c2', 'f2r3r', 'd4t', 'd1'])(
    'reads %s back, weights and all',
    async (text) => {
      const { files, weights, data } = await trained({ network: layersOf(text) });
      const read = importNetwork(files, data);
      expect(read.network).toEqual(layersOf(text));
      expect(read.weights).toEqual(weights);
    },
  );

  it('takes a dense layer on top for the head that it is', async () => {
    const { files, data } = await trained({ network: layersOf('d3.d1') });
    expect(importNetwork(files, data).network).toEqual(layersOf('d3'));
  });

  it('reads a model that tfjs wrote', async () => {
    const { layers, sequential } = await import('@tensorflow/tfjs-layers');
    const { quadraticForm } = await import('@polyneuron/layers');
    const model = sequential();
    model.add(quadraticForm({ inputShape: [2], units: 2, activation: 'tanh' }));
    model.add(layers.dense({ units: 1 }));
    let files: ModelFiles | undefined;
    await model.save(
      io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
        const topology = JSON.stringify({ modelTopology, weightsManifest: [{ weights: weightSpecs }] });
        files = { topology, weights: new Uint8Array(weightData as ArrayBuffer) };
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const { network, weights } = importNetwork(files as ModelFiles, { inputs: 2, outputs: 1 });
    expect(network).toEqual(layersOf('q2t'));
    expect(Array.from(weights['layer0/kernelL'])).toEqual(
      Array.from(model.layers[0].getWeights()[1].dataSync()),
    );
  });

  describe('says why a file cannot be shown', () => {
    const edited = async (
      text: string,
      change: (json: never) => unknown,
      widths = { inputs: 2, outputs: 1 },
    ) => {
      const { files } = await trained({ network: layersOf(text) });
      const json = JSON.parse(files.topology) as never;
      const topology = JSON.stringify(change(json) ?? json);
      return () => importNetwork({ ...files, topology }, widths);
    };
    interface Topology {
      readonly modelTopology: {
        class_name: string;
        config: { layers: { class_name: string; config: Record<string, unknown> }[] };
      };
      readonly weightsManifest: { weights: { name: string; dtype: string }[] }[];
    }
    const assign = (target: object, change: object): void => {
      Object.assign(target, change);
    };
    const layers = (json: Topology) => json.modelTopology.config.layers;

    it.each([
      ['no JSON', () => 'hello'],
      ['no Sequential model', (json: Topology) => assign(json.modelTopology, { class_name: 'Model' })],
      ['no layers', (json: Topology) => assign(json.modelTopology.config, { layers: [] })],
      ['another kind', (json: Topology) => assign(layers(json)[0], { class_name: 'LSTM' })],
      ['too many units', (json: Topology) => assign(layers(json)[0].config, { units: 99 })],
      ['another option', (json: Topology) => assign(layers(json)[0].config, { use_bias: false })],
      ['another activation', (json: Topology) => assign(layers(json)[0].config, { activation: 'gelu' })],
      ['half floats', (json: Topology) => assign(json.weightsManifest[0].weights[0], { dtype: 'float16' })],
      ['a weight less', (json: Topology) => void json.weightsManifest[0].weights.pop()],
      ['hidden prototype', (json: Topology) => assign(layers(json)[0], { class_name: '__proto__' })],
    ] as [string, (json: never) => unknown][])('%s', async (_, change) => {
      expect(await edited('q2t', change)).toThrowErrorMatchingSnapshot();
    });

    it('another number of inputs', async () => {
      expect(
        await edited('q1', () => undefined, { inputs: 3, outputs: 1 }),
      ).toThrowErrorMatchingInlineSnapshot(
        `[EngineError: This model cannot be shown here: it takes 2 inputs, this data set has 3.]`,
      );
    });

    it('a short file of weights', async () => {
      const { files } = await trained({});
      const short = { ...files, weights: files.weights.slice(0, 9) };
      expect(() => importNetwork(short, { inputs: 2, outputs: 1 })).toThrowErrorMatchingInlineSnapshot(
        `[EngineError: This model cannot be shown here: the file of weights is too short.]`,
      );
    });
  });
});
