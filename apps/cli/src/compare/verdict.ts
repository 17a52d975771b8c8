import type { ComparedContender, Comparison } from './comparison.js';

/**
 * What the seeds say of a contender beside the baseline: 'better' or 'worse' where the 95 % interval of the difference,
 * seed by seed, leaves 0 out, 'no clear difference' where it does not.
 */
export function verdictOf({ difference }: ComparedContender, { metric }: Comparison): string {
  if (difference === null) return 'baseline';
  const { interval } = difference;
  if (interval === null || !interval.every(Number.isFinite)) return 'diverged';
  const [low, high] = metric.isHigherBetter ? [-interval[1], -interval[0]] : interval;
  if (high < 0) return 'better';
  if (low > 0) return 'worse';
  return 'no clear difference';
}
