import { createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import {
  biInteractionSpec,
  dotInteractionSpec,
  featureCrossSpec,
  type LayerSpec,
  layers,
  quadDenseSpec,
} from '@polyneuron/kernels';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { depthTable } from '../index.js';
import { stackPlan } from './stackPlan.js';

const backend = createWasmBackend();
const [seeds, samples] = [[1, 2], 64];

describe('depthTable', () => {
  it('measures the defaults and every start of a record, 1 to 8 layers deep', async () => {
    const rows = await depthTable({
      backend,
      seeds,
      samples,
      records: [quadDenseSpec as unknown as LayerSpec],
    });
    expect(
      rows.map(({ layer, start, isDefault }) => `${layer} ${start}${isDefault ? ' by default' : ''}`),
    ).toEqual(['quadDense calibrated', 'quadDense identity by default']);
    for (const { forward, gradient } of rows) {
      expect([forward.length, gradient.length]).toEqual([8, 8]);
      for (const { mean } of [...forward, ...gradient]) expect(mean).toBeGreaterThan(0.2);
    }
  });

  it('measures once what does not keep the shape of its input, and feeds every input', async () => {
    const records = [dotInteractionSpec, biInteractionSpec, featureCrossSpec] as unknown as LayerSpec[];
    const rows = await depthTable({ backend, seeds, samples, records });
    const depths = Object.fromEntries(rows.map(({ layer, forward }) => [layer, forward.length]));
    expect(depths).toEqual({ dotInteraction: 1, biInteraction: 1, featureCross: 8 });
  });

  it('gives the same on the float64 reference', async () => {
    const records = [biInteractionSpec as unknown as LayerSpec];
    const [wasm, reference] = [backend, createReferenceBackend()].map((one) =>
      depthTable({ backend: one, seeds: [1], samples, records }),
    );
    const figures = async (rows: typeof wasm) =>
      (await rows).flatMap(({ forward }) => forward.map(({ mean }) => mean));
    expectClose(await figures(wasm), await figures(reference), tolerances.float32.gradient);
  });

  it.each(Object.values(layers as Readonly<Record<string, LayerSpec>>).filter(({ starts }) => starts))(
    'finds options and shapes for $name',
    (spec) => {
      for (const start of Object.values(spec.starts ?? {})) expect(stackPlan(spec, start)).toBeDefined();
    },
  );
});
