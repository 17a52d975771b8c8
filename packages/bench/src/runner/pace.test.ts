import { describe, expect, it } from 'vitest';
import type { Workload } from '../contenders/contender.js';
import { openCase } from '../programs/openCase.js';
import { fittingRuns, type PaceOptions, warmUp } from './pace.js';
import { createFakeClock, type FakeOptions, fakeContender, smallCase } from './testing/fakeWorld.js';

async function pace(options: Omit<FakeOptions, 'name'>, given: Partial<PaceOptions> = {}) {
  const clock = createFakeClock();
  const log: string[] = [];
  const workload = (await fakeContender(clock, { name: 'x', ...options }, log).prepare(
    openCase(smallCase),
  )) as Workload;
  const started = clock.now();
  const result = await warmUp(workload, { clock: clock.now, minimumTimingMs: 5, budgetMs: 1e6, ...given });
  return { ...result, spentMs: clock.now() - started, timings: log.filter((line) => line.startsWith('run')) };
}

describe('warmUp', () => {
  it('takes as many runs as make a timing of the minimum', async () => {
    // 0.25 ms a run: one, then at most 16 times as many, of which 20 are wanted
    const { runs, isStable } = await pace({ costOf: () => 0.25 });
    expect(runs).toBe(20);
    expect(isStable).toBe(true);
  });

  it('takes one run where that is long enough, and stops after two windows that agree', async () => {
    const { runs, isStable, timings } = await pace({ costOf: () => 8 });
    expect(runs).toBe(1);
    expect(isStable).toBe(true);
    expect(timings.length).toBe(6);
  });

  it('waits until the speed has settled', async () => {
    // The compiler takes over after 100 runs
    const { isStable, spentMs } = await pace({
      costOf: (at) => (at < 100 ? 10 : 6 - Math.min(1, (at - 100) / 1e3)),
    });
    expect(isStable).toBe(true);
    expect(spentMs).toBeGreaterThan(0);
    const falling = await pace({ costOf: (at) => 1000 * 0.9 ** at });
    // 1000 · 0.9^n falls below 5 ms at n = 51; while it falls, windows of three never agree
    expect(falling.timings.length).toBeGreaterThan(20);
  });

  it('ends with the budget, after one timing at least', async () => {
    const slow = await pace({ costOf: () => 1000 }, { budgetMs: 0 });
    expect(slow).toMatchObject({ runs: 1, isStable: false, spentMs: 1000 });
    const restless = await pace({ costOf: (at) => (at % 7 < 3 ? 10 : 30) }, { budgetMs: 100 });
    expect(restless.spentMs).toBeLessThanOrEqual(130);
  });

  it('ends for a workload that never settles and a clock that hardly moves', async () => {
    const wild = await pace({ costOf: (at) => 10 * 2 ** (Math.floor(at / 3) % 5) });
    expect(wild.isStable).toBe(false);
    const timeless = await pace({ costOf: () => 0, workload: { maximumRuns: 64 } });
    expect(timeless.runs).toBe(64);
  });

  it('keeps to multiples of the granularity, and to the longest minimum', async () => {
    const { runs, timings } = await pace({ workload: { granularity: 8, minimumTimingMs: 50 } });
    expect(runs).toBe(56);
    expect(timings[0]).toBe('run x 8');
  });

  it('looks for a stop between timings', async () => {
    const onTiming = () => {
      throw new Error('stopped');
    };
    await expect(pace({}, { onTiming })).rejects.toThrow('stopped');
  });
});

describe('fittingRuns', () => {
  const workload = (part: Partial<Workload>) => part as Workload;

  it.each([
    [{}, 0.2, 1],
    [{}, 1.2, 2],
    [{ granularity: 8 }, 9, 16],
    [{ granularity: 8, maximumRuns: 20 }, 1000, 16],
    [{ granularity: 8, maximumRuns: 4 }, 1, 8],
    [{}, Number.POSITIVE_INFINITY, 2 ** 16],
  ])('for %o and %d wanted is %i', (part, wanted, runs) => {
    expect(fittingRuns(workload(part), wanted)).toBe(runs);
  });
});
