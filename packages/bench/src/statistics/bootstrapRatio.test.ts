import { expectClose, tolerances, vectors } from '@polyneuron/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapRatio } from './bootstrapRatio.js';
import type { GoldenRatio, GoldenStatistics } from './testing/goldenStatistics.js';

const golden = vectors<GoldenStatistics>('robustStatistics').filter(
  (one): one is GoldenRatio => one.kind === 'ratio',
);
const bound = tolerances.float64.elementwise;
const times = fc.array(fc.double({ min: 0.1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 12 });

describe('bootstrapRatio', () => {
  it.each(golden)('finds the interval of $source', ({ numerator, denominator, ...exact }) => {
    // The exact ends have 0.5 % of the distribution to either side, 4.5 σ of what 20,000 draws miss by
    const { ratio, low, high } = bootstrapRatio(numerator, denominator, { seed: 1, resamples: 20_000 });
    expectClose([ratio, low, high], [exact.ratio, exact.low, exact.high], bound);
  });

  it('gives the ratio itself where nothing varies', () => {
    expect(bootstrapRatio([6, 6, 6], [2, 2], { seed: 1 })).toEqual({ ratio: 3, low: 3, high: 3 });
  });

  it('repeats itself for a seed', () => {
    const of = (seed: number) => bootstrapRatio([1, 2, 3, 4, 5], [1, 2, 4, 8, 16], { seed, resamples: 50 });
    expect(of(1)).toEqual(of(1));
    expect(of(2)).not.toEqual(of(1));
  });

  it('scales with the numerator, stays within the extremes and orders its ends', () => {
    fc.assert(
      fc.property(times, times, fc.nat(), (numerator, denominator, seed) => {
        const options = { seed, resamples: 100 };
        const { ratio, low, high } = bootstrapRatio(numerator, denominator, options);
        const doubled = bootstrapRatio(
          numerator.map((value) => 2 * value),
          denominator,
          options,
        );
        expect(doubled).toEqual({ ratio: 2 * ratio, low: 2 * low, high: 2 * high });
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...numerator) / Math.max(...denominator));
        expect(high).toBeLessThanOrEqual(Math.max(...numerator) / Math.min(...denominator));
      }),
      { seed: 4, numRuns: 50 },
    );
  });

  it('is wider for a higher level', () => {
    const of = (level: number) => bootstrapRatio([1, 2, 3, 4, 5, 6], [1, 2, 3], { seed: 1, level });
    expect(of(0.5).low).toBeGreaterThan(of(0.99).low);
    expect(of(0.5).high).toBeLessThan(of(0.99).high);
  });

  it('rejects an empty sample', () => {
    expect(() => bootstrapRatio([], [1], { seed: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quantile expected at least one value, and p from 0 to 1, got 0 values and p = 0.5.

      Fix: measure at least once]
    `);
  });
});
