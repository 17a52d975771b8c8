import { expectClose, expectMultilinear, expectSymmetric, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { runLayer } from '../testing/runLayer.js';
import { type ElementarySymmetricConfig, elementarySymmetricSpec } from './elementarySymmetric.js';
import { signMoments } from './testing/signMoments.js';

const symmetric = (
  config: Partial<ElementarySymmetricConfig>,
  shape: readonly number[],
  x: ArrayLike<number>,
) => runLayer(elementarySymmetricSpec, { config, inputShapes: [shape], inputs: [x] });

/** Sums of the products of all subsets of k values, k = 1 to order, by trying every subset. */
function bySubsets(x: ArrayLike<number>, order: number): number[] {
  const sums = new Array<number>(order).fill(0);
  for (let subset = 1; subset < 2 ** x.length; subset++) {
    const members = Array.from(x).filter((_, at) => (subset >> at) & 1);
    if (members.length <= order)
      sums[members.length - 1] += members.reduce((product, value) => product * value, 1);
  }
  return sums;
}

describe('elementarySymmetric', () => {
  it('computes the hand-worked example: (1 + t)(1 + 2t)(1 + 3t) = 1 + 6t + 11t² + 6t³', () => {
    expect(symmetric({ order: 3 }, [3, 1], [1, 2, 3])).toEqual([6, 11, 6]);
    expect(symmetric({ order: 3, output: 'sum' }, [3, 1], [1, 2, 3])).toEqual([23]);
  });

  it('equals the sums over all subsets, up to as many factors as fields', () => {
    const x = testRandom(1).normals(8);
    expectClose(symmetric({ order: 8 }, [8, 1], x), bySubsets(x, 8), tolerances.float64.contraction(256));
  });

  it('gives the coefficients of Π (1 + x t)', () => {
    const x = testRandom(2).normals(6);
    const e = symmetric({ order: 6 }, [6, 1], x);
    const t = 0.7;
    const product = x.reduce((total, value) => total * (1 + value * t), 1);
    const polynomial = e.reduce((total, value, at) => total + value * t ** (at + 1), 1);
    expectClose(polynomial, product, tolerances.float64.contraction(64));
  });

  it('is symmetric in the fields, and at the top linear in each', () => {
    const f = (...fields: Float64Array[]) =>
      symmetric(
        { order: 3, output: 'sum' },
        [4, 2],
        fields.flatMap((field) => [...field]),
      );
    const top = (...fields: Float64Array[]) =>
      symmetric(
        { order: 4 },
        [4, 2],
        fields.flatMap((field) => [...field]),
      ).slice(6);
    expectSymmetric(f, { dimension: 2, count: 4 });
    expectMultilinear(top, { dimensions: [2, 2, 2, 2] });
  });

  it('has no error but rounding where sums of powers lose every digit', () => {
    // e_3 of [1e8, 1, 1, 1] is 3e8 + 1. By Newton's identities e_3 = (p1³ - 3 p1 p2 + 2 p3) / 6 it cancels from 1e24
    const x = [1e8, 1, 1, 1];
    const [, , e3] = symmetric({ order: 3 }, [4, 1], x);
    expect(e3).toBe(300_000_001);
    const [p1, p2, p3] = [1, 2, 3].map((power) => x.reduce((total, value) => total + value ** power, 0));
    expect(Math.abs((p1 ** 3 - 3 * p1 * p2 + 2 * p3) / 6 - e3)).toBeGreaterThan(1e6);
  });

  it('has unit variance with isScaled, each polynomial and their sum', () => {
    const { contraction } = tolerances.float64;
    const all = signMoments(elementarySymmetricSpec, { order: 4, isScaled: true }, [6, 1]);
    expectClose(all, [1, 1, 1, 1], contraction(4096));
    const total = signMoments(elementarySymmetricSpec, { order: 3, output: 'sum', isScaled: true }, [5, 2]);
    expectClose(total, [1, 1], contraction(4096));
  });

  it('rejects order below 1, more factors than fields, and an unknown output', () => {
    const run = (config: object) => () => symmetric(config, [3, 2], []);
    expect(run({ order: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: elementarySymmetric expected order to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ order: 4 })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: elementarySymmetric expected at least 4 fields for order 4: no product has more factors than there are fields, got [batch, 3, 2].

      Fix: pass order: 3 or less]
    `);
    expect(run({ order: 2, output: 'mean' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: elementarySymmetric expected output to be one of 'all', 'sum', got 'mean'.

      Fix: check the spelling of the value]
    `);
  });
});
