import { describe, expect, it } from 'vitest';
import type { ComparedContender, Comparison } from './comparison.js';
import { summarizeDifference, summarizeSeeds } from './summarizeSeeds.js';
import { verdictOf } from './verdict.js';

describe('summarizeSeeds', () => {
  it('gives the interval of a worked example', () => {
    // scipy.stats.t.interval(0.95, 4, loc=3, scale=scipy.stats.sem([1, 2, 3, 4, 5])) = (1.0367568385, 4.9632431615)
    const { mean, deviation, interval } = summarizeSeeds([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(deviation).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(interval?.[0]).toBeCloseTo(1.0367568385, 3);
    expect(interval?.[1]).toBeCloseTo(4.9632431615, 3);
  });

  it('defect: BARS lists run 1 of 5 of DCNv2 on Frappe as its result: the figure is the mean of all', () => {
    // The first AUC and the mean of five are the leaderboard's; the other four are made up to fit
    const { mean, interval } = summarizeSeeds([0.9845, 0.98352, 0.9836, 0.98375, 0.98373]);
    expect(mean).toBeCloseTo(0.98382, 5);
    expect(interval?.[1]).toBeLessThan(0.9845);
  });

  it('has no interval for one value, and NaN where a run diverged', () => {
    expect(summarizeSeeds([2])).toEqual({ values: [2], mean: 2, deviation: 0, interval: null });
    expect(summarizeSeeds([2, Number.NaN]).mean).toBeNaN();
  });
});

describe('verdictOf', () => {
  const verdict = (values: number[], isHigherBetter: boolean) =>
    verdictOf(
      { difference: summarizeDifference(values, [1, 1, 1, 1, 1]) } as ComparedContender,
      { metric: { name: 'm', isHigherBetter } } as Comparison,
    );

  it('needs an interval that leaves 0 out', () => {
    expect(verdict([0.5, 0.51, 0.52, 0.5, 0.49], false)).toBe('better');
    expect(verdict([0.5, 0.51, 0.52, 0.5, 0.49], true)).toBe('worse');
    expect(verdict([1.5, 1.51, 1.52, 1.5, 1.49], true)).toBe('better');
    expect(verdict([0.5, 1.5, 0.9, 1.2, 1], false)).toBe('no clear difference');
    expect(verdict([0.5, Number.NaN, 0.9, 1.2, 1], false)).toBe('diverged');
  });
});
