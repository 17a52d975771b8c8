import type { BenchReport } from '../../report/benchReport.js';
import { platformClock } from '../../runner/clock.js';
import { runBenchIn } from '../../runner/runBench.js';
import { createFakeClock, fakeWorld } from '../../runner/testing/fakeWorld.js';
import { type RemoteOptions, remoteContender } from '../remoteContender.js';
import { servedContenders } from './servedContenders.js';

/** Runs contenders of the tests in other processes, by the real clock. */
export function benchRemotely(
  names: readonly string[],
  cases: readonly string[],
  options: RemoteOptions,
): Promise<BenchReport> {
  const specs = servedContenders(() => {})
    .filter(({ name }) => names.includes(name))
    .map((spec) => remoteContender(spec, options));
  return runBenchIn(
    {
      backends: [],
      cases,
      baseline: names[0] as string,
      rounds: 2,
      budgetMs: 20,
      minimumTimingMs: 1,
      ...(options.signal && { signal: options.signal }),
    },
    { ...fakeWorld(createFakeClock(), specs), clock: platformClock },
  );
}
