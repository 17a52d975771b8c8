import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer, runLayerOutputs } from '../testing/runLayer.js';
import { type SpectralDenseConfig, spectralDenseSpec } from './spectralDense.js';

const diagonal = { kernel: [3, 0, 0, 1], bias: [0, 0] };
const square: Partial<SpectralDenseConfig> = { units: 2 };

/** Length of W x / σ for a unit vector x. */
function gain(
  x: readonly number[],
  u: readonly number[],
  config: Partial<SpectralDenseConfig> = square,
): number {
  const y = runLayer(spectralDenseSpec, {
    config,
    inputShapes: [[2]],
    inputs: [x],
    parameters: { ...diagonal, u },
  });
  return Math.hypot(...y);
}

describe('spectralDense', () => {
  it('computes the hand-worked example', () => {
    const run = {
      config: square,
      inputShapes: [[2]],
      inputs: [[3, 3]],
      parameters: { ...diagonal, u: [1, 0] },
    };
    expect(runLayer(spectralDenseSpec, run)).toEqual([3, 1]);
    // u = [1, 1]: W u = [3, 1], v = [3, 1]/√10, Wᵀ v = [9, 1]/√10, σ = √8.2
    expectClose(gain([1, 0], [1, 1]), 3 / Math.sqrt(8.2), tolerances.float64.elementwise);
  });

  it('never divides by more than the largest singular value, and by that one in the limit', () => {
    for (const seed of [1, 2, 3])
      expect(gain([1, 0], Array.from(testRandom(seed).normals(2)))).toBeGreaterThanOrEqual(1);
    // Errors shrink by (1/3)⁴ a step
    expectClose(gain([1, 0], [1, 1], { ...square, iterations: 10 }), 1, tolerances.float64.elementwise);
  });

  it('comes closer with every training call, and keeps u in inference', () => {
    const [inputs, outputs] = [20, 12];
    const config: Partial<SpectralDenseConfig> = { units: outputs, useBias: false };
    let parameters = createParameters(spectralDenseSpec, config, [[inputs]], 1);
    const run = (isTraining: boolean) =>
      runLayerOutputs(spectralDenseSpec, {
        config,
        isTraining,
        inputShapes: [[inputs]],
        inputs: [testRandom(1).normals(inputs)],
        parameters,
      });
    const estimates: number[] = [];
    for (let call = 0; call < 40; call++) {
      const { y, 'update:u': u } = run(true);
      expect(run(false).y).toEqual(y);
      estimates.push(Math.abs(y[0]));
      parameters = { ...parameters, u: Float32Array.from(u) };
    }
    expect(run(false)['update:u']).toBeUndefined();
    const limit = estimates[39];
    // One iteration from a random u: too large by some tenths
    expect(estimates[0] / limit).toBeGreaterThan(1.05);
    expect(estimates[0] / limit).toBeLessThan(2);
    expect(estimates[20] / limit).toBeLessThan(1.02);
  });

  it('leaves a kernel of zeros zero, with finite derivatives', () => {
    const f = layerFunction(spectralDenseSpec, square, { batch: 1, inputShapes: [[2]] });
    const vector = Float64Array.of(1, 2, 0, 0, 0, 0, 5, 6);
    expect(Array.from(f.output(vector))).toEqual([5, 6]);
    expect(Array.from(f.gradient(vector)).every(Number.isFinite)).toBe(true);
  });

  it('does not see the scale of its kernel', () => {
    const u = [1, 1];
    const kernel = diagonal.kernel.map((value) => 1000 * value);
    const run = (parameters: Record<string, number[]>) =>
      runLayer(spectralDenseSpec, { config: square, inputShapes: [[2]], inputs: [[1, 2]], parameters });
    expectClose(run({ ...diagonal, u, kernel }), run({ ...diagonal, u }), tolerances.float64.elementwise);
  });

  it('rejects sizes below 1', () => {
    const run = (config: object) => () =>
      runLayer(spectralDenseSpec, { config, inputShapes: [[2]], inputs: [] });
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: spectralDense expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: 1, iterations: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: spectralDense expected iterations to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
  });
});
