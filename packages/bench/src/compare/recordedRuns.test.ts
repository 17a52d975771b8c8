import { createRandom } from '@polyneuron/datasets';
import { describe, expect, it } from 'vitest';
import { compareReports } from './compareReports.js';
import { sameRuns, slowedRuns } from './testing/recordedRuns.js';

const trials = 25;

/** Changes found in trials that draw their runs at random, without drawing one twice. */
function changesOf(runs: number, kind: 'same' | 'slowed'): Record<string, number> {
  const random = createRandom(1);
  const counts: Record<string, number> = {};
  for (let trial = 0; trial < trials; trial++) {
    const same = random.shuffle([...sameRuns]);
    const slowed = random.shuffle([...slowedRuns]);
    const head = kind === 'same' ? same.slice(runs, 2 * runs) : slowed.slice(0, runs);
    const { change } = compareReports(same.slice(0, runs), head).rows[0]!;
    counts[change] = (counts[change] ?? 0) + 1;
  }
  return counts;
}

describe('compareReports on timings of a busy machine', () => {
  it('with five runs a side, flags no build against itself and misses no slowed kernel', () => {
    expect(changesOf(5, 'same')).toEqual({ 'no difference': trials });
    expect(changesOf(5, 'slowed')).toEqual({ slower: trials });
  });

  it('with three, misses some', () => {
    const { slower, faster } = changesOf(3, 'slowed');
    expect(slower).toBeGreaterThan(0.8 * trials);
    expect(faster).toBeUndefined();
  });
});
