import { describe, expect, it } from 'vitest';
import { openCase } from '../programs/openCase.js';
import { createFakeClock, fakeContender, smallCase, specOf } from '../runner/testing/fakeWorld.js';
import type { Workload } from './contender.js';
import { slowedContender } from './slowedContender.js';

async function runsOf(granularity: number, runs: number): Promise<string[]> {
  const clock = createFakeClock();
  const log: string[] = [];
  const fake = fakeContender(clock, { name: 'own', workload: { granularity } }, log);
  const { contenders } = await slowedContender(specOf('own', fake), 1.25).open();
  const workload = (await contenders[0].prepare(openCase(smallCase))) as Workload;
  await workload.run(runs);
  return log;
}

describe('slowedContender', () => {
  it('does a share of the work again, in whole granules', async () => {
    expect(await runsOf(1, 8)).toEqual(['run own 8', 'run own 2']);
    expect(await runsOf(4, 8)).toEqual(['run own 8', 'run own 4']);
  });

  it('adds the times of a workload with a clock of its own', async () => {
    const clock = createFakeClock();
    const fake = fakeContender(clock, { name: 'own' });
    const timed = {
      ...fake,
      prepare: async (opened: Parameters<typeof fake.prepare>[0]) => ({
        ...((await fake.prepare(opened)) as Workload),
        run: async (runs: number) => 3 * runs,
      }),
    };
    const { contenders } = await slowedContender(specOf('own', timed), 1.5).open();
    const workload = (await contenders[0].prepare(openCase(smallCase))) as Workload;
    expect(await workload.run(4)).toBe(18);
  });

  it('passes on why a case is not taken', async () => {
    const fake = fakeContender(createFakeClock(), { name: 'own', unsupported: () => 'no' });
    const { contenders } = await slowedContender(specOf('own', fake), 2).open();
    expect(await contenders[0].prepare(openCase(smallCase))).toEqual({ unsupported: 'no' });
  });
});
