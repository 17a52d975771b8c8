import { models, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { registerLayers } from '../../registerLayers.js';
import { testLayer } from '../../testing/layerSuite.js';
import { Rational, rational } from './rational.js';

testLayer(Rational, rational as never);

describe('Rational', () => {
  it('defect: rational_activations has a Keras layer without get_config', async () => {
    registerLayers();
    for (const version of ['a', 'b', 'c', 'n'] as const) {
      const options = { version, numeratorDegree: 6, denominatorDegree: 5, approximates: 'swish' as const };
      const model = sequential({ layers: [rational({ ...options, perFeature: true, inputShape: [3] })] });
      const saved = JSON.parse(model.toJSON() as string);
      const again = await models.modelFromJSON({ modelTopology: saved } as never);
      expect(again.layers[0].getConfig()).toEqual(model.layers[0].getConfig());
      expect(again.layers[0].getConfig()).toMatchObject({ ...options, perFeature: true });
    }
  });
});
