/** @file The code of every layer page builds the layer that the page shows: as many parameters, the same output. */
import { interpret } from '@polyneuron/graph';
import { type LayerName, type LayerSpec, layers } from '@polyneuron/kernels';
import { expectClose, tolerances } from '@polyneuron/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { labSubject } from '../../../layerLab/labSubjects.js';
import { planUnit } from '../../../layerLab/layerUnit.js';
import { layerDocument } from '../layerDocument.js';
import { loadModules, runModule } from '../testing/runModule.js';
import { unitCode } from './unitCode.js';
import { unitDataOf } from './unitDataOf.js';

const names = (Object.keys(layers) as LayerName[]).filter((name) => labSubject(name));

function codeOf(layer: LayerName): string {
  const spec: LayerSpec = layers[layer];
  const data = unitDataOf(layer, layerDocument(layer, spec.title).options)!;
  return unitCode(data, data.config, data.unit.coefficients, data.unit.stepped);
}

describe('unitCode', () => {
  let modules: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    modules = await loadModules();
  });

  it('is a program of a few lines', () => {
    expect(codeOf('quadraticForm')).toMatchInlineSnapshot(`
      "import '@tensorflow/tfjs-backend-cpu';
      import * as tf from '@tensorflow/tfjs-core';
      import * as tfl from '@tensorflow/tfjs-layers';
      import { quadraticForm } from '@polyneuron/layers';

      const layer = quadraticForm({ units: 1 });
      const inputs = tfl.input({ shape: [2] });
      const model = tfl.model({ inputs, outputs: layer.apply(inputs) });
      layer.setWeights([
        tf.tensor([-3, 2, -4], [3, 1]),
        tf.tensor([0, 0], [2, 1]),
        tf.tensor([1], [1]),
        ...layer.getWeights().slice(3),
      ]);

      const y = model.predict(tf.tensor([0.5, -0.25], [1, 2]));
      console.log(layer.countParams(), Array.from(y.dataSync()));
      "
    `);
  });

  it.each(names)('%s', async (layer) => {
    const unit = planUnit(labSubject(layer)!, 1);
    const [[count, y]] = await runModule(codeOf(layer), modules);
    expect(count).toBe(unit.description.parameterCount);
    const bound = unit.bind(Float64Array.of(0.5, -0.25), unit.description.stepped);
    const expected = interpret(unit.programFor(1), { inputs: bound }).outputs.y;
    expectClose(Float64Array.from(y as number[]), expected, tolerances.float32.gradient);
  });
});
