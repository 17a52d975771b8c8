import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { parameterSpecs } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { layerNormSpec } from './layerNorm.js';

const plain = { scale: false, center: false } as const;
const run = (x: ArrayLike<number>, config = {}) =>
  runLayer(layerNormSpec, { config: { ...plain, ...config }, inputShapes: [[x.length]], inputs: [x] });

describe('layerNorm', () => {
  it('computes the hand-worked example', () => {
    // Mean 2, variance 1, epsilon 3: (x - 2) / 2
    expect(run([1, 3], { epsilon: 3 })).toEqual([-0.5, 0.5]);
    const parameters = { gamma: [10, 20], beta: [1, 2] };
    const full = { config: { epsilon: 3 }, inputShapes: [[2]], inputs: [[1, 3]], parameters };
    expect(runLayer(layerNormSpec, full)).toEqual([-4, 12]);
  });

  it('does not see shifts, and sees scales through epsilon alone', () => {
    const x = testRandom(1).normals(8);
    const y = run(x, { epsilon: 1e-12 });
    expectClose(
      run(
        x.map((value) => value + 1000),
        { epsilon: 1e-12 },
      ),
      y,
      { rtol: 1e-9, atol: 1e-9 },
    );
    expectClose(
      run(
        x.map((value) => -3 * value),
        { epsilon: 9e-12 },
      ),
      y.map((value) => -value),
      tolerances.float64.gradient,
    );
  });

  // E[x²] - E[x]² at mean 1e4 and deviation 1 has no correct digit left in float32, and 8 in float64
  it('keeps the digits of inputs far from 0: the variance is taken after the mean', () => {
    const far = run([10_000_001, 10_000_003], { epsilon: 1e-6 });
    expectClose(far, run([1, 3], { epsilon: 1e-6 }), tolerances.float64.elementwise);
  });

  it('has finite derivatives where all features are equal', () => {
    const f = layerFunction(layerNormSpec, plain, { batch: 1, inputShapes: [[3]] });
    const flat = Float64Array.of(5, 5, 5);
    expect(Array.from(f.output(flat))).toEqual([0, 0, 0]);
    expect(Array.from(f.gradient(flat)).every(Number.isFinite)).toBe(true);
    expect(Array.from(f.hessianProduct(flat, Float64Array.of(1, 2, 3))).every(Number.isFinite)).toBe(true);
  });

  it('has gamma and beta as asked for', () => {
    const names = (config: object) => parameterSpecs(layerNormSpec, config, [[2]]).map(({ name }) => name);
    expect([names({}), names({ scale: false }), names({ center: false }), names(plain)]).toEqual([
      ['gamma', 'beta'],
      ['beta'],
      ['gamma'],
      [],
    ]);
  });

  it('rejects an epsilon that would divide by zero', () => {
    expect(() => run([1, 2], { epsilon: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: layerNorm expected epsilon to be a finite number above 0, got -1.

      Fix: pass a positive number, however small]
    `);
  });
});
