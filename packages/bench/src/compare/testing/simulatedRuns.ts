/** @file Runs of one build on a machine that exists only as a seeded random process: fast, and the same each time. */
import { createRandom } from '@polyneuron/datasets';
import type { ContenderSpec } from '../../contenders/contender.js';
import type { BenchReport } from '../../report/benchReport.js';
import { runBenchIn } from '../../runner/runBench.js';
import { createFakeClock, fakeContender, fakeWorld, specOf } from '../../runner/testing/fakeWorld.js';

export interface SimulatedMachine {
  readonly seed: number;
  /** Standard deviation of one run's time, as a share. */
  readonly jitter: number;
  /** Share of runs that are interrupted and take three times as long. default 0 */
  readonly interruptions?: number;
  /** Amplitude, as a share, of a wave over the rounds: a machine that others use by turns. default 0 */
  readonly drift?: number;
  /** Length of the wave in ms; a run takes about 200, 400 with 'stock'. default 150 */
  readonly waveMs?: number;
  readonly hasStock?: boolean;
}

/** A report of contenders 'own' (2 ms a run) and, where `hasStock`, 'stock' (3 ms a run), as `runBench` makes it. */
export function simulateRun(
  { seed, jitter, interruptions = 0, drift = 0, waveMs = 150, hasStock = false }: SimulatedMachine,
  change: (own: ContenderSpec) => ContenderSpec = (own) => own,
): Promise<BenchReport> {
  const clock = createFakeClock();
  const random = createRandom(seed);
  const phase = 2 * Math.PI * random.uniform();
  const costOf = (base: number) => () => {
    const wave = 1 + drift * Math.sin(phase + (2 * Math.PI * clock.now()) / waveMs);
    const noise = Math.exp(jitter * random.normal());
    return base * wave * noise * (random.uniform() < interruptions ? 3 : 1);
  };
  const spec = (name: string, base: number) =>
    specOf(name, fakeContender(clock, { name, costOf: costOf(base) }));
  const world = fakeWorld(clock, [change(spec('own', 2)), ...(hasStock ? [spec('stock', 3)] : [])]);
  return runBenchIn({ backends: [], baseline: 'own', cases: ['small'], rounds: 30 }, world);
}
