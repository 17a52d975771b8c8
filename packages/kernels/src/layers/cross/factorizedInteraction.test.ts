import { expectClose, expectDegree, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { type FactorizedInteractionConfig, factorizedInteractionSpec } from './factorizedInteraction.js';

function interact(
  config: Partial<FactorizedInteractionConfig>,
  x: ArrayLike<number>,
  parameters: object,
): number[] {
  return runLayer(factorizedInteractionSpec, {
    config,
    inputShapes: [[x.length]],
    inputs: [x],
    parameters: parameters as Record<string, number[]>,
  });
}

describe('factorizedInteraction', () => {
  // l = 1 + 4 + 1 = 6, f = 3 + 2 - 2 = 3
  const parameters = { kernel: [1, 2], bias: [1], factorKernel: [3, 1], factorBias: [-2] };

  it('computes the hand-worked example: l + f l', () => {
    expect(interact({ units: 1 }, [1, 2], parameters)).toEqual([24]);
  });

  it("puts l and f l side by side with 'concat'", () => {
    expect(interact({ units: 2, residualType: 'concat' }, [1, 2], parameters)).toEqual([6, 18]);
  });

  it.each([1, 2])("starts equal to dense, bit for bit, with start 'identity' (seed %i)", (seed) => {
    const x = testRandom(seed).normals(5);
    for (const residualType of ['sum', 'concat'] as const) {
      const config = { units: 4, residualType, activation: 'tanh', start: 'identity' } as const;
      const drawn = createParameters(factorizedInteractionSpec, config, [[5]], seed);
      const { kernel, bias } = drawn;
      const dense = runLayer(denseSpec, {
        config: { units: bias.length, activation: 'tanh' },
        inputShapes: [[5]],
        inputs: [x],
        parameters: { kernel, bias },
      });
      const expected = residualType === 'sum' ? dense : [...dense, 0, 0];
      // The products are zeros of either sign
      expectClose(interact(config, x, drawn), expected, tolerances.float64.exact);
    }
  });

  it('has degree 2^L as a stack of L layers', () => {
    const drawn = [1, 2].map((seed) => ({
      kernel: testRandom(seed).normals(4),
      bias: testRandom(seed + 10).normals(2),
      factorKernel: testRandom(seed + 20).normals(4),
      factorBias: testRandom(seed + 30).normals(2),
    }));
    for (const layers of [1, 2]) {
      const stack = (x: Float64Array) =>
        drawn.slice(0, layers).reduce<ArrayLike<number>>((y, own) => interact({ units: 2 }, y, own), x);
      expectDegree(stack, { degree: 2 ** layers, dimension: 2 });
    }
  });

  it('rejects odd units with concat, and options out of range', () => {
    const run = (config: object) => () =>
      runLayer(factorizedInteractionSpec, { config, inputShapes: [[3]], inputs: [] });
    expect(run({ units: 3, residualType: 'concat' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizedInteraction expected units to be even with residualType 'concat', got 3.

      Fix: pass units: 4, or residualType: 'sum']
    `);
    expect(run({ units: 3, residualType: 'add' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizedInteraction expected residualType to be one of 'sum', 'concat', got 'add'.

      Fix: check the spelling of the value]
    `);
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizedInteraction expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: 2, start: 'glorot' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizedInteraction expected start to be one of 'calibrated', 'identity', got 'glorot'.

      Fix: check the spelling of the value]
    `);
    expect(run({})).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizedInteraction expected 'units' (number of outputs), got no value.

      Fix: pass it: factorizedInteraction({ units: ... })]
    `);
  });
});
