import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { rmsNormSpec } from './rmsNorm.js';

const run = (x: ArrayLike<number>, config = {}) =>
  runLayer(rmsNormSpec, { config: { scale: false, ...config }, inputShapes: [[x.length]], inputs: [x] });

describe('rmsNorm', () => {
  it('computes the hand-worked example', () => {
    // Mean square (9 + 16 + 0 + 0) / 4 = 6.25, √6.25 = 2.5, and an epsilon too small to count
    expectClose(run([3, 4, 0, 0], { epsilon: 1e-300 }), [1.2, 1.6, 0, 0], tolerances.float64.elementwise);
    const parameters = { gamma: [10, 0] };
    const scaled = runLayer(rmsNormSpec, {
      config: { epsilon: 0.5 },
      inputShapes: [[2]],
      inputs: [[1, 0]],
      parameters,
    });
    expect(scaled).toEqual([10, 0]);
  });

  it('gives outputs of mean square 1, whatever the scale of the input', () => {
    for (const scale of [0.1, 1, 1e6]) {
      const y = run(
        testRandom(1)
          .normals(32)
          .map((value) => scale * value),
      );
      const meanSquare = y.reduce((sum, value) => sum + value * value, 0) / 32;
      expect(Math.abs(meanSquare - 1)).toBeLessThan(2e-4);
    }
  });

  it('has finite values and derivatives at x = 0: the slope is 1/√epsilon', () => {
    const f = layerFunction(rmsNormSpec, { scale: false }, { batch: 1, inputShapes: [[3]] });
    const origin = new Float64Array(3);
    expect(Array.from(f.output(origin))).toEqual([0, 0, 0]);
    const step = f.total(Float64Array.of(1e-9, 0, 0)) / 1e-9;
    expectClose(f.gradient(origin)[0], step, { rtol: 1e-6, atol: 0 });
    expect(Array.from(f.hessianProduct(origin, Float64Array.of(1, 2, 3)))).toEqual([0, 0, 0]);
  });

  it('rejects an epsilon that would divide by zero', () => {
    expect(() => run([1, 2], { epsilon: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rmsNorm expected epsilon to be a finite number above 0, got 0.

      Fix: pass a positive number, however small]
    `);
    expect(() => run([1, 2], { epsilon: Number.NaN })).toThrow(
      /epsilon to be a finite number above 0, got NaN/,
    );
    expect(() =>
      runLayer(rmsNormSpec, { config: {}, inputShapes: [[3], [3]], inputs: [] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: rmsNorm expected one input of rank 2 or more, got [batch, 3] and [batch, 3].

      Fix: join the inputs first, for example with concatenate]
    `);
  });
});
