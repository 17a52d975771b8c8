import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { runLayer } from '../testing/runLayer.js';
import { type BiInteractionConfig, biInteractionSpec } from './biInteraction.js';
import { elementarySymmetricSpec } from './elementarySymmetric.js';
import { fieldPairs } from './fieldPairs.js';
import { signMoments } from './testing/signMoments.js';

const pooled = (shape: readonly number[], x: ArrayLike<number>, config: Partial<BiInteractionConfig> = {}) =>
  runLayer(biInteractionSpec, { config, inputShapes: [shape], inputs: [x] });

describe('biInteraction', () => {
  it('computes the hand-worked example', () => {
    expect(pooled([3, 2], [1, 2, 3, 4, 5, 6])).toEqual([23, 44]);
  });

  it('½ ((Σ x)² - Σ x²) equals the double loop over pairs', () => {
    const x = testRandom(1).normals(78);
    const expected = [0, 1, 2].map((d) =>
      fieldPairs(26).reduce((total, [i, j]) => total + x[3 * i + d] * x[3 * j + d], 0),
    );
    expectClose(pooled([26, 3], x), expected, tolerances.float64.contraction(325));
  });

  it('is the second elementary symmetric polynomial', () => {
    const x = testRandom(2).normals(15);
    const all = runLayer(elementarySymmetricSpec, {
      config: { order: 2 },
      inputShapes: [[5, 3]],
      inputs: [x],
    });
    expectClose(pooled([5, 3], x), all.slice(3), tolerances.float64.contraction(25));
  });

  it('is 0 for one field, scaled or not', () => {
    expect(pooled([1, 2], [3, 4])).toEqual([0, 0]);
    expect(pooled([1, 2], [3, 4], { isScaled: true })).toEqual([0, 0]);
  });

  it('has unit variance with isScaled', () => {
    const moments = signMoments(biInteractionSpec, { isScaled: true }, [4, 2]);
    expectClose(moments, [1, 1], tolerances.float64.contraction(4096));
  });

  it('rejects features without fields, no field, and two inputs', () => {
    const run =
      (...shapes: number[][]) =>
      () =>
        runLayer(biInteractionSpec, { config: {}, inputShapes: shapes, inputs: [] });
    expect(run([4])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: biInteraction expected one input of rank 3 or more, got [batch, 4].

      Fix: reshape the input]
    `);
    expect(run([0, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: biInteraction expected 1 or more fields of dimension 1 or more, as [batch, ..., fields, dimension], got [batch, 0, 2].

      Fix: stack one embedding per field along the axis before the last]
    `);
    expect(run([2, 2], [2, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: biInteraction expected one input of rank 3 or more, got [batch, 2, 2] and [batch, 2, 2].

      Fix: join the inputs first, for example with concatenate]
    `);
  });
});
