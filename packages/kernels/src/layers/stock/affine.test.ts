import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { runLayerOutputs } from '../testing/runLayer.js';
import { affineSpec } from './affine.js';

describe('affine', () => {
  it("repeats the document's call: ones [1, 2] through its weights, and the counter goes from 0 to 1", () => {
    // Out[23] and Out[24] of seed 004
    const parameters = {
      kernel: [-0.05398561, 0.01093747, -0.01071178, 0.01399361, -0.02729112, 0.04422139],
      bias: [0, 0, 0],
      counter: [0],
    };
    const run = { config: { units: 3 }, inputShapes: [[2]], inputs: [[1, 1]], parameters };
    const outputs = runLayerOutputs(affineSpec, run);
    // Printed with eight digits
    outputs.y.forEach((value, at) => {
      expect(value).toBeCloseTo([-0.039992, -0.01635365, 0.03350962][at], 7);
    });
    expect(outputs['update:counter']).toEqual([1]);
  });

  it('counts calls in training and in inference, whatever the batch', () => {
    for (const isTraining of [false, true]) {
      const parameters = { kernel: [1], bias: [0], counter: [41] };
      const run = {
        config: { units: 1 },
        batch: 3,
        inputShapes: [[1]],
        inputs: [[1, 2, 3]],
        parameters,
        isTraining,
      };
      expect(runLayerOutputs(affineSpec, run)['update:counter']).toEqual([42]);
    }
  });

  it('has a counter that is int32, starts at 0 and is not trainable', () => {
    const counter = parameterSpecs(affineSpec, { units: 3 }, [[2]]).at(-1);
    expect(counter).toMatchObject({ name: 'counter', shape: [], dtype: 'int32', isTrainable: false });
    expect(createParameters(affineSpec, { units: 3 }, [[2]], 1).counter).toEqual(Int32Array.of(0));
    expect(countParameters(affineSpec, { units: 3 }, [[2]])).toBe(10);
  });
});
