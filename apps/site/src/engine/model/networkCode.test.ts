import '@tensorflow/tfjs-backend-cpu';
import * as polyneuron from '@polyneuron/layers';
import * as core from '@tensorflow/tfjs-core';
import * as tfjsLayers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../state/settings.js';
import { buildNetwork } from '../network/buildNetwork.js';
import { planNetwork } from '../network/planNetwork.js';
import { layersOf } from '../testing/layersOf.js';
import { networkCode } from './networkCode.js';

/** The two packages that `@tensorflow/tfjs` re-exports. */
const tf = { ...core, ...tfjsLayers };

/** Runs the module as it is copied: its imports are the packages, `x` and `y` the reader's. */
async function run(code: string, x: core.Tensor, y: core.Tensor): Promise<tfjsLayers.LayersModel> {
  const names = /import \{ (.*) \} from '@polyneuron\/layers';/.exec(code)?.[1] ?? '';
  const body = code.replaceAll(/^import .*$/gm, '');
  const AsyncFunction = (async () => {}).constructor as new (
    ...text: string[]
  ) => (...given: unknown[]) => Promise<tfjsLayers.LayersModel>;
  const main = new AsyncFunction(
    'tf',
    'layers',
    'x',
    'y',
    `const { ${names} } = layers;\n${body}\nreturn model;`,
  );
  return main(tf, polyneuron, x, y);
}

describe('networkCode', () => {
  beforeAll(async () => {
    await core.setBackend('cpu');
  });

  it('reads like a program', () => {
    expect(networkCode({ ...defaultSettings, decay: 0.001, clip: 1 })).toMatchInlineSnapshot(`
      "import * as tf from '@tensorflow/tfjs';
      import { quadraticForm } from '@polyneuron/layers';

      const model = tf.sequential();
      model.add(quadraticForm({ inputShape: [2], units: 1, form: 'symmetric', kernelRegularizer: tf.regularizers.l2({ l2: 0.001 }) }));
      model.compile({
        optimizer: tf.train.adam(0.1),
        loss: tf.losses.sigmoidCrossEntropy,
      });

      // x: tf.tensor2d of [samples, 2]; y: [samples, 1] of 0 and 1; the model returns logits
      // The playground clips gradients at norm 1, which model.fit has no option for.
      await model.fit(x, y, { batchSize: 32, epochs: 39 });
      "
    `);
    expect(
      networkCode({ ...defaultSettings, dataset: 'kink', loss: 'huber', network: layersOf('t2d3t.d2r') }),
    ).toMatchInlineSnapshot(`
      "import * as tf from '@tensorflow/tfjs';
      import { taylor } from '@polyneuron/layers';

      const model = tf.sequential();
      model.add(taylor({ inputShape: [2], degree: 3, mode: 'mixing', units: 2 }));
      model.add(tf.layers.activation({ activation: 'tanh' }));
      model.add(tf.layers.dense({ units: 2, activation: 'relu' }));
      model.add(tf.layers.dense({ units: 1 }));
      model.compile({
        optimizer: tf.train.adam(0.1),
        loss: tf.losses.huberLoss,
      });

      // x: tf.tensor2d of [samples, 2]; y: [samples, 1]
      await model.fit(x, y, { batchSize: 32, epochs: 39 });
      "
    `);
  });

  it.each([
    {},
    { network: layersOf('q2r2t.x1d2.h2w3s'), optimizer: 'momentum', rate: 0.001 },
    { network: layersOf('c2d3t.f2r2r.t2d3'), optimizer: 'sgd', loss: 'squared', decay: 0.01 },
    { network: layersOf('d4t'), loss: 'huber' },
    { dataset: 'kink', network: layersOf('t2d3t'), loss: 'squared' },
    { dataset: 'plane', loss: 'huber' },
    { dataset: 'crossSeed', network: layersOf('x1.d1') },
  ] as Partial<Settings>[])('runs and builds the same network: case %#', async (change) => {
    const settings = { ...defaultSettings, samples: 100, stop: 2, ...change };
    const inputs = settings.dataset === 'crossSeed' ? 3 : 2;
    const x = core.randomUniform([50, inputs], -1, 1, 'float32', 7);
    const y = core.cast(core.greater(core.slice(x, [0, 0], [50, 1]), 0), 'float32');
    const model = await run(networkCode(settings), x, y);
    const built = buildNetwork(planNetwork(settings.network, { inputs, outputs: 1 }), inputs);
    expect(model.countParams()).toBe(built.parameters);
    expect(model.outputs[0].shape).toEqual([null, 1]);
    expect((model.predict(x) as core.Tensor).dataSync().every(Number.isFinite)).toBe(true);
  });

  it('asks one-hot targets of images', async () => {
    const settings = {
      ...defaultSettings,
      dataset: 'glyphs',
      network: layersOf('q4r2'),
      samples: 100,
      stop: 2,
    } as const;
    const y = core.oneHot(core.range(0, 50, 1, 'int32'), 10);
    const model = await run(
      networkCode(settings),
      core.randomUniform([50, 196], 0, 1, 'float32', 7),
      core.cast(y, 'float32'),
    );
    expect(model.outputs[0].shape).toEqual([null, 10]);
  });
});
