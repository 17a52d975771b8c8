import { initializers, input, type LayersModel, model, models, regularizers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../registerLayers.js';
import { testLayer } from '../../testing/layerSuite.js';
import { useBackend } from '../../testing/tfjsBackends.js';
import { Cin, cin } from './cin.js';

testLayer(Cin, cin as never);

const fields = [3, 2];

/** A model of one network, written and read back. */
async function reloaded(layer: Cin): Promise<Cin> {
  const x = input({ shape: fields });
  const made = model({ inputs: x, outputs: layer.apply(x) as never });
  const topology: unknown = JSON.parse(made.toJSON() as string);
  const again: LayersModel = await models.modelFromJSON({ modelTopology: topology } as never);
  return again.getLayer('cin') as unknown as Cin;
}

describe('Cin', () => {
  beforeAll(async () => {
    registerLayers();
    await useBackend('cpu');
  });

  it('defect: DeepCTR CIN loses l2_reg on reload: the regularizer of every kernel comes back', async () => {
    const kernelRegularizer = regularizers.l2({ l2: 0.25 });
    const layer = await reloaded(cin({ layerSizes: [2, 2], kernelRegularizer, name: 'cin' }));
    const kernels = layer.parameters.filter(({ spec }) => spec.role === 'kernel');
    expect(kernels.map(({ regularizer }) => regularizer?.getConfig())).toEqual([
      { l1: 0, l2: 0.25 },
      { l1: 0, l2: 0.25 },
    ]);
  });

  it('keeps sizes, activation and splitHalf on reload', async () => {
    const config = { layerSizes: [4, 3], activation: 'relu', splitHalf: true, isScaled: true } as const;
    const layer = await reloaded(cin({ ...config, name: 'cin' }));
    expect(layer.config).toMatchObject(config);
  });

  it('defect: DeepCTR hands one seed to every kernel: a seeded initializer gives each its own values', () => {
    const kernelInitializer = initializers.glorotUniform({ seed: 1024 });
    const layer = cin({ layerSizes: [3, 3, 3], kernelInitializer, name: 'cin' });
    layer.build([null, ...fields]);
    const values = layer.parameters
      .filter(({ spec }) => spec.role === 'kernel')
      .map(({ variable }) => String(variable.read().dataSync()));
    expect(new Set(values).size).toBe(3);
  });
});
