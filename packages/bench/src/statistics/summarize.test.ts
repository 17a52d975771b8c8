import { expectClose, tolerances, vectors } from '@polyneuron/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarize } from './summarize.js';
import type { GoldenStatistics, GoldenSummary } from './testing/goldenStatistics.js';

const golden = vectors<GoldenStatistics>('robustStatistics').filter(
  (one): one is GoldenSummary => one.kind === 'summary',
);
const bound = tolerances.float64.elementwise;
const samples = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 });

describe('summarize', () => {
  it('computes the hand-worked example', () => {
    // Deviations from the median 4 are 3, 2, 0, 1, 96: their median is 2
    const summary = summarize([1, 2, 4, 5, 100]);
    expect({ ...summary, p95: Math.round(summary.p95) }).toEqual({
      n: 5,
      median: 4,
      p5: 1.2,
      p25: 2,
      p75: 5,
      p95: 81,
      mad: 2,
    });
  });

  it.each(golden)('matches $source', ({ values, quantiles, median, mad }) => {
    const summary = summarize(values);
    const at = (p: number) => quantiles.find((one) => one.p === p)?.value as number;
    expect(summary.n).toBe(values.length);
    expectClose(
      [summary.median, summary.mad, summary.p5, summary.p95],
      [median, mad, at(0.05), at(0.95)],
      bound,
    );
  });

  it('moves with the sample and scales with it', () => {
    // Integers and a power of two: every operation is exact
    fc.assert(
      fc.property(samples, fc.integer({ min: -100, max: 100 }), (values, shift) => {
        const [plain, moved] = [summarize(values), summarize(values.map((value) => 4 * value + shift))];
        expect(moved.median).toBe(4 * plain.median + shift);
        expect(moved.mad).toBe(4 * plain.mad);
      }),
      { seed: 3 },
    );
  });

  it('is not moved by one wild timing', () => {
    const timings = [10, 11, 10, 12, 11];
    const { median, mad } = summarize([...timings, 1e9]);
    expect(median).toBe(11);
    expect(mad).toBe(1);
  });
});
