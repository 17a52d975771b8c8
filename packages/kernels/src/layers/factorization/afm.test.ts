import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { type AfmConfig, afmSpec } from './afm.js';
import { biInteractionSpec } from './biInteraction.js';
import { startMoments } from './testing/startMoments.js';

const { contraction, transcendental } = tolerances.float64;

function afm(
  config: Partial<AfmConfig>,
  shape: readonly number[],
  x: ArrayLike<number>,
  parameters: Record<string, ArrayLike<number>>,
): number[] {
  return runLayer(afmSpec, { config, inputShapes: [shape], inputs: [x], parameters });
}

describe('afm', () => {
  it('computes the hand-worked example of equal attention: 23/3 + 44/3', () => {
    const parameters = {
      attentionKernel: [1, 2],
      attentionVector: [0],
      projection: [1, 1],
      attentionBias: [3],
    };
    const y = afm({ attentionUnits: 1 }, [3, 2], [1, 2, 3, 4, 5, 6], parameters);
    expectClose(y, [67 / 3], transcendental);
  });

  it('computes the hand-worked example of attention log 3 to log 1', () => {
    // Fields 1, 1, a, one dimension: products 1, a, a. Scores z·log 3 / (a - 1) differ by log 3 between a and 1
    const a = 3;
    const parameters = { attentionKernel: [Math.log(3) / (a - 1)], attentionVector: [1], projection: [7] };
    const config: Partial<AfmConfig> = { attentionUnits: 1, attentionActivation: 'linear', useBias: false };
    // Weights 1/7, 3/7, 3/7
    expectClose(afm(config, [3, 1], [1, 1, a], parameters), [1 + 3 * a + 3 * a], transcendental);
  });

  it('starts as the mean of the products, projected', () => {
    const parameters = createParameters(afmSpec, {}, [[4, 3]], 1);
    const x = testRandom(1).normals(12);
    const pooled = runLayer(biInteractionSpec, { config: {}, inputShapes: [[4, 3]], inputs: [x] });
    const expected = pooled.reduce((total, value, at) => total + (value * parameters.projection[at]) / 6, 0);
    expectClose(afm({}, [4, 3], x, parameters), [expected], contraction(40));
  });

  it('has unit variance at its start', () => {
    expectClose(startMoments(afmSpec, {}, [4, 2]), [1], contraction(256));
    // Attention is even whatever the attention kernel is
    const { attentionKernel, attentionVector } = createParameters(afmSpec, {}, [[4, 2]], 1);
    expect(attentionKernel.some((value) => value !== 0)).toBe(true);
    expect(attentionVector.every((value) => value === 0)).toBe(true);
  });

  it('overflows nowhere when scores are huge: the softmax subtracts its maximum', () => {
    const parameters = { attentionKernel: [1e300], attentionVector: [1], projection: [1] };
    const config: Partial<AfmConfig> = { attentionUnits: 1, attentionActivation: 'linear', useBias: false };
    expect(afm(config, [3, 1], [1, 2, 3], parameters)).toEqual([6]);
  });

  it('has A (D + 2) + D parameters', () => {
    expect(countParameters(afmSpec, { attentionUnits: 8 }, [[10, 16]])).toBe(8 * 18 + 16);
  });

  it('rejects attentionUnits below 1 and one field', () => {
    const run = (config: object, shape: number[]) => () => afm(config, shape, [], {});
    expect(run({ attentionUnits: 0 }, [3, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: afm expected attentionUnits to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({}, [1, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: afm expected 2 or more fields of dimension 1 or more, as [batch, ..., fields, dimension], got [batch, 1, 2].

      Fix: stack one embedding per field along the axis before the last]
    `);
  });
});
