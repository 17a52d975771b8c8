import { expectClose, tolerances, vectors } from '@polyneuron/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.js';
import type { GoldenStatistics, GoldenSummary } from './testing/goldenStatistics.js';

const golden = vectors<GoldenStatistics>('robustStatistics').filter(
  (one): one is GoldenSummary => one.kind === 'summary',
);
const bound = tolerances.float64.elementwise;
const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('quantile', () => {
  it('computes the hand-worked example', () => {
    // h = 3 · 0.25 = 0.75, so a quarter of the way from 20 back to 10
    expect(quantile([40, 10, 30, 20], 0.25)).toBe(17.5);
  });

  it.each(golden)('matches $source', ({ values, quantiles }) => {
    for (const { p, value } of quantiles) expectClose(quantile(values, p), value, bound);
  });

  it('lies between the extremes, which are p = 0 and p = 1', () => {
    fc.assert(
      fc.property(samples, share, (values, p) => {
        const [low, high] = [Math.min(...values), Math.max(...values)];
        const q = quantile(values, p);
        return q >= low && q <= high && quantile(values, 0) === low && quantile(values, 1) === high;
      }),
      { seed: 1 },
    );
  });

  it('does not depend on the order, and does not change its argument', () => {
    fc.assert(
      fc.property(samples, share, (values, p) => {
        const reversed = [...values].reverse();
        const q = quantile(reversed, p);
        expect(reversed).toEqual([...values].reverse());
        return Object.is(q, quantile(values, p)) || q === quantile(values, p);
      }),
      { seed: 2 },
    );
  });

  it('keeps an infinity in its own quantiles', () => {
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 0.5)).toBe(2);
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 0.75)).toBe(Number.POSITIVE_INFINITY);
  });

  it('rejects no value and shares outside 0 to 1', () => {
    expect(() => quantile([], 0.5)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quantile expected at least one value, and p from 0 to 1, got 0 values and p = 0.5.

      Fix: measure at least once]
    `);
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => quantile([1], p)).toThrow('p from 0 to 1');
  });
});
