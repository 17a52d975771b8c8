import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type EulerInteractionConfig, eulerInteractionSpec } from './eulerInteraction.js';

const { transcendental } = tolerances.float64;

/** One output field of two fields of size 1, without the implicit part: a product of two complex powers. */
function product(
  orders: readonly number[],
  z: readonly number[],
  config: Partial<EulerInteractionConfig> = {},
) {
  const parameters = { orders, modulusBias: [0], angleBias: [0], kernel: [0, 0], bias: [0] };
  return runLayer(eulerInteractionSpec, {
    config: { units: 1, activation: 'linear', ...config },
    inputShapes: [[2, 2]],
    inputs: [z],
    parameters,
  });
}

describe('eulerInteraction', () => {
  // (1 + 2i)(3 - i) = 5 + 5i; (1 + 2i)² = -3 + 4i; (1 + 2i)(3 - i)⁻¹ = (1 + 7i) / 10
  it('computes hand-worked products of complex numbers', () => {
    expectClose(product([1, 1], [1, 2, 3, -1]), [5, 5], transcendental);
    expectClose(product([2, 0], [1, 2, 3, -1]), [-3, 4], transcendental);
    expectClose(product([1, -1], [1, 2, 3, -1]), [0.1, 0.7], transcendental);
  });

  it('takes real powers: the square root of -4 is 2i', () => {
    expectClose(product([0.5, 0], [-4, 0, 1, 1]), [0, 2], transcendental);
  });

  it('adds the dense part of both parts with one kernel', () => {
    const parameters = { orders: [0], modulusBias: [0], angleBias: [0], kernel: [3], bias: [1] };
    const y = runLayer(eulerInteractionSpec, {
      config: { units: 1 },
      inputShapes: [[1, 2]],
      inputs: [[2, -5]],
      parameters,
    });
    // z⁰ = 1; relu(3·2 + 1) = 7 and relu(3·(-5) + 1) = 0
    expectClose(y, [8, 0], transcendental);
  });

  it("reads embeddings as angles with encoding 'phase'", () => {
    const parameters = {
      orders: [1, 1],
      modulusBias: [0],
      angleBias: [0],
      kernel: [0, 0],
      bias: [0],
      modulus: [2, -3],
    };
    const y = runLayer(eulerInteractionSpec, {
      config: { units: 1, encoding: 'phase', activation: 'linear' },
      inputShapes: [[2, 1]],
      inputs: [[0.5, 0.25]],
      parameters,
    });
    // 2 e^(i/2) · (-3) e^(i/4)
    expectClose(y, [-6 * Math.cos(0.75), -6 * Math.sin(0.75)], transcendental);
  });

  it('defect: FuxiCTR EulerNet has infinite and NaN gradients at 0', () => {
    const config = { units: 2, activation: 'tanh' } as const;
    const f = layerFunction(eulerInteractionSpec, config, { batch: 1, inputShapes: [[2, 2]] });
    const at = testRandom(1).normals(f.dimension);
    for (const [re, im] of [
      [0, 0],
      [1e-5, 0],
      [0, -1e-5],
      [1e-300, 1e-300],
    ]) {
      at.set([re, 1, im, 1]);
      expect(f.output(at).every(Number.isFinite)).toBe(true);
      expect(f.gradient(at).every(Number.isFinite)).toBe(true);
      expect(f.hessianProduct(at, testRandom(2).normals(f.dimension)).every(Number.isFinite)).toBe(true);
    }
  });

  it('counts a squared modulus below epsilon as epsilon, at angle 0', () => {
    expectClose(product([1, 0], [0, 0, 1, 1], { epsilon: 0.25 }), [0.5, 0], transcendental);
    expectClose(product([1, 0], [0, 0.49, 1, 1], { epsilon: 0.25 }), [0.5, 0], transcendental);
    expectClose(product([1, 0], [0, 0.5, 1, 1], { epsilon: 0.25 }), [0, 0.5], transcendental);
  });

  it('stacks: its output is the complex input of the next layer', () => {
    const shape = eulerInteractionSpec.outputShape(
      { ...eulerInteractionSpec.defaults, units: 3, encoding: 'phase' } as EulerInteractionConfig,
      [[5, 4]],
    );
    expect(shape).toEqual([3, 8]);
    const next = { ...eulerInteractionSpec.defaults, units: 2 } as EulerInteractionConfig;
    expect(eulerInteractionSpec.outputShape(next, [shape])).toEqual([2, 8]);
  });

  it('rejects an odd last axis of complex parts, rank 2, and options out of range', () => {
    const run =
      (config: object, inputShapes: number[][] = [[2, 4]]) =>
      () =>
        runLayer(eulerInteractionSpec, { config: { units: 1, ...config }, inputShapes, inputs: [] });
    expect(run({}, [[2, 3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: eulerInteraction expected an even last axis with encoding 'complex', real parts before imaginary ones, got [batch, 2, 3].

      Fix: pass encoding: 'phase' for real embeddings]
    `);
    expect(run({}, [[4]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: eulerInteraction expected one input of rank 3 or more, got [batch, 4].

      Fix: reshape the input]
    `);
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: eulerInteraction expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ epsilon: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: eulerInteraction expected epsilon to be a finite number above 0, got 0.

      Fix: pass epsilon: 1e-8, the default]
    `);
    expect(run({ encoding: 'polar' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: eulerInteraction expected encoding to be one of 'complex', 'phase', got 'polar'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'eye' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: eulerInteraction expected start to be one of 'calibrated', 'identity', got 'eye'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'identity' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: eulerInteraction expected activation to be 0 at 0 with a slope there for start 'identity', as linear, tanh, swish and leakyRelu are, got 'relu', with value 0 and slope 0.

      Fix: pass start: 'calibrated', or another activation]
    `);
  });
});
