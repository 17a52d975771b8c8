import '@tensorflow/tfjs-backend-cpu';
import * as L from '@polyneuron/layers';
import { io } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { it } from 'vitest';
it('looks', async () => {
  const m = sequential({ layers: [L.quadraticForm({ units: 2, inputShape: [2] }), L.taylor({ degree: 2, mode: 'mixing', units: 2 }), layers.activation({ activation: 'tanh' }), L.crossNetwork({ numLayers: 1 }), layers.dense({ units: 1, activation: 'relu' })] });
  await m.save(io.withSaveHandler(async (a) => { console.log(JSON.stringify({ ...a, weightData: undefined }, null, 1)); return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }; }));
});
