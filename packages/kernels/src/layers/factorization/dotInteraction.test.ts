import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { runLayer } from '../testing/runLayer.js';
import { type DotInteractionConfig, dotInteractionSpec } from './dotInteraction.js';
import { signMoments } from './testing/signMoments.js';

const example = [1, 2, 3, 4, 5, 6];

const dots = (config: Partial<DotInteractionConfig>, x: ArrayLike<number> = example, shape = [3, 2]) =>
  runLayer(dotInteractionSpec, { config, inputShapes: [shape], inputs: [x] });

describe('dotInteraction', () => {
  // ⟨x1, x0⟩ = 11, ⟨x2, x0⟩ = 17, ⟨x2, x1⟩ = 39; squares 5, 25, 61
  it('computes the hand-worked example in the order of DLRM', () => {
    expect(dots({})).toEqual([11, 17, 39]);
    expect(dots({ selfInteraction: true })).toEqual([5, 11, 25, 17, 39, 61]);
  });

  it('puts zeros elsewhere with skipGather', () => {
    expect(dots({ skipGather: true })).toEqual([0, 0, 0, 11, 0, 0, 17, 39, 0]);
    expect(dots({ skipGather: true, selfInteraction: true })).toEqual([5, 0, 0, 11, 25, 0, 17, 39, 61]);
  });

  it('keeps the zeros of skipGather when a product is infinite', () => {
    expect(dots({ skipGather: true }, [1e200, 1e200], [2, 1])).toEqual([0, 0, Number.POSITIVE_INFINITY, 0]);
  });

  it('lists row by row what the matrix holds', () => {
    const x = testRandom(1).normals(20);
    const all = dots({ skipGather: true, selfInteraction: true }, x, [5, 4]);
    const kept = all.filter((_, at) => at % 5 <= Math.floor(at / 5));
    expect(dots({ selfInteraction: true }, x, [5, 4])).toEqual(kept);
  });

  it('has unit variance with isScaled', () => {
    const moments = signMoments(dotInteractionSpec, { isScaled: true }, [3, 3]);
    expectClose(moments, new Array(3).fill(1), tolerances.float64.contraction(4096));
  });

  it('takes one field with selfInteraction, and dimension 1', () => {
    expect(dots({ selfInteraction: true }, [3], [1, 1])).toEqual([9]);
    expect(dots({}, [3, 4], [2, 1])).toEqual([12]);
  });

  it('rejects one field without selfInteraction, and features without fields', () => {
    expect(() => dots({}, [], [1, 2])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: dotInteraction expected 2 or more fields of dimension 1 or more, as [batch, ..., fields, dimension], got [batch, 1, 2].

      Fix: stack one embedding per field along the axis before the last]
    `);
    expect(() => dots({}, [], [6])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: dotInteraction expected one input of rank 3 or more, got [batch, 6].

      Fix: reshape the input]
    `);
  });
});
