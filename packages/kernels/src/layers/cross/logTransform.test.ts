import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type LogTransformConfig, logTransformSpec } from './logTransform.js';

const { transcendental } = tolerances.float64;

function transform(
  config: Partial<LogTransformConfig>,
  shape: number[],
  x: ArrayLike<number>,
  parameters: object,
) {
  return runLayer(logTransformSpec, {
    config: { units: 1, epsilon: 1e-9, ...config },
    inputShapes: [shape],
    inputs: [x],
    parameters: parameters as Record<string, number[]>,
  });
}

describe('logTransform', () => {
  it('computes hand-worked monomials in each dimension', () => {
    // fields [2, -3] and [5, 4]: x² y = [20, 36], times e^log 10
    const parameters = { orders: [2, 1], bias: [Math.log(10)] };
    expectClose(transform({}, [2, 2], [2, -3, 5, 4], parameters), [200, 360], transcendental);
  });

  it('takes negative and broken orders: √x / y', () => {
    const parameters = { orders: [0.5, -1], bias: [0] };
    expectClose(transform({}, [2, 1], [9, 2], parameters), [1.5], transcendental);
  });

  it('ignores signs', () => {
    const parameters = createParameters(logTransformSpec, { units: 3 }, [[4, 2]], 1);
    const x = testRandom(1).normals(8);
    const negative = x.map((value) => -value);
    expect(transform({ units: 3 }, [4, 2], negative, parameters)).toEqual(
      transform({ units: 3 }, [4, 2], x, parameters),
    );
  });

  it("gives the sizes of the fields with start 'identity'", () => {
    const config = { units: 3, start: 'identity', epsilon: 1e-9 } as const;
    const parameters = createParameters(logTransformSpec, config, [[3, 2]], 1);
    const x = testRandom(2).normals(6);
    expectClose(transform(config, [3, 2], x, parameters), x.map(Math.abs), transcendental);
  });

  it("starts with about unit variance for many fields with start 'calibrated'", () => {
    const config = { units: 64, epsilon: 1e-5 } as const;
    const parameters = createParameters(logTransformSpec, config, [[64, 16]], 1);
    const y = transform(config, [64, 16], testRandom(3).normals(64 * 16), parameters);
    const mean = y.reduce((total, value) => total + value, 0) / y.length;
    const variance = y.reduce((total, value) => total + (value - mean) ** 2, 0) / y.length;
    expect(variance).toBeGreaterThan(0.5);
    expect(variance).toBeLessThan(2);
  });

  it('defect: FuxiCTR AFN clips |x|: no gradient below the clip, and a jump to one of its inverse', () => {
    const options = { batch: 1, inputShapes: [[1, 1]] };
    const f = layerFunction(logTransformSpec, { units: 1, epsilon: 0.1 }, options);
    // y = √(x² + 0.01) has the slope x / y; the ratio to the slope at 10⁶, which is 1 - 5e-15, takes out the weight of y
    const at = (x: number) => Float64Array.of(x, 1, 0);
    const slope = (x: number) => f.gradient(at(x))[0] / f.gradient(at(1e6))[0];
    const expected = [0, 0.01, 1].map((x) => x / Math.hypot(x, 0.1));
    expectClose([0, 0.01, 1].map(slope), expected, transcendental);
    expect(f.hessianProduct(at(0), at(1)).every(Number.isFinite)).toBe(true);
  });

  it('rejects rank 2, units below 1, an epsilon that is not above 0 and an unknown start', () => {
    const run =
      (config: object, inputShapes: number[][] = [[2, 2]]) =>
      () =>
        runLayer(logTransformSpec, { config: { units: 1, ...config }, inputShapes, inputs: [] });
    expect(run({}, [[2]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: logTransform expected one input of rank 3 or more, got [batch, 2].

      Fix: reshape the input]
    `);
    expect(run({ units: 2.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: logTransform expected units to be a whole number of at least 1, got 2.5.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ epsilon: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: logTransform expected epsilon to be a finite number above 0, got 0.

      Fix: pass epsilon: 1e-5, the default]
    `);
    expect(run({ epsilon: Number.POSITIVE_INFINITY })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: logTransform expected epsilon to be a finite number above 0, got Infinity.

      Fix: pass epsilon: 1e-5, the default]
    `);
    expect(run({ start: 'ones' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: logTransform expected start to be one of 'calibrated', 'identity', got 'ones'.

      Fix: check the spelling of the value]
    `);
  });
});
