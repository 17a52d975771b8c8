import { describe, expect, it } from 'vitest';
import type { BenchReport } from '../report/benchReport.js';
import { type BenchOptions, runBenchIn } from './runBench.js';
import {
  createFakeClock,
  type FakeOptions,
  fakeContender,
  fakeWorld,
  referenceOf,
  specOf,
} from './testing/fakeWorld.js';

function run(contenders: readonly FakeOptions[], options: Partial<BenchOptions> = {}): Promise<BenchReport> {
  const clock = createFakeClock();
  const specs = contenders.map((one) => specOf(one.name, fakeContender(clock, one)));
  const base = { backends: [], baseline: 'base', cases: ['small'], rounds: 12, isNoiseMeasured: true };
  return runBenchIn({ ...base, ...options }, fakeWorld(clock, specs));
}

/** Swings by 40 %; steps of the golden angle, about 2.4, spread the phases of successive runs evenly. */
const unsteady = (at: number) => 1 + 0.4 * Math.sin(at * 2.4);

describe('the noise floor of a run', () => {
  it('is the baseline against itself, and takes part in no ranking', async () => {
    const { results, noise } = await run([{ name: 'base', costOf: () => 4 }, { name: 'fast' }]);
    expect(noise).toEqual([
      { case: 'small', contender: 'base', threads: 1, ratio: 1, ratioInterval: [1, 1] },
    ]);
    expect(results.map(({ contender, ratio, verdict }) => [contender, ratio, verdict])).toEqual([
      ['base', undefined, undefined],
      ['fast', 4, 'faster'],
    ]);
  });

  it('takes the rank from a difference that it covers', async () => {
    const { results, noise } = await run([
      { name: 'base', costOf: unsteady, workload: { maximumRuns: 1 } },
      { name: 'similar', costOf: (at) => 0.99 * unsteady(at + 5), workload: { maximumRuns: 1 } },
      { name: 'slow', costOf: () => 40 },
    ]);
    const [low, high] = noise?.[0]?.ratioInterval ?? [];
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
    expect(results.map(({ verdict }) => verdict)).toEqual([undefined, 'no difference', 'slower']);
  });

  it('is that of the first contender where the baseline does not take part', async () => {
    const { noise, results } = await run([
      { name: 'base', unsupported: () => 'not here' },
      { name: 'first' },
      { name: 'second' },
    ]);
    expect(noise).toMatchObject([{ contender: 'first' }]);
    expect(results.every(({ verdict }) => verdict === undefined)).toBe(true);
  });

  it('is not there where nobody is right', async () => {
    const wrong = { name: 'base', compute: async () => ({ c: [0, 0, 0, 0] }) };
    const { noise, results, errors } = await run([wrong]);
    expect([noise, results, errors.length]).toEqual([[], [], 1]);
  });

  it('is not there where the second part fails', async () => {
    let checks = 0;
    const { noise, results } = await run([
      {
        name: 'base',
        compute: async (opened) => (checks++ === 0 ? referenceOf(opened) : { c: [0, 0, 0, 0] }),
      },
    ]);
    expect([noise, results.length]).toEqual([[], 1]);
  });
});

describe('what is left of a run that is stopped', () => {
  it('is the report after each case, with the circumstances', async () => {
    const controller = new AbortController();
    const partial: BenchReport[] = [];
    const stopped = run([{ name: 'base' }, { name: 'fast' }], {
      cases: ['small', 'other'],
      signal: controller.signal,
      onPartial: (report) => {
        partial.push(report);
        controller.abort(new Error('stopped'));
      },
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect(partial).toHaveLength(1);
    expect(partial[0]).toMatchObject({
      results: [{ case: 'small' }, { case: 'small' }],
      run: { cases: ['small', 'other'], isComplete: false, rounds: 12 },
    });
  });

  it('is complete at the end, with every timing', async () => {
    const { run: record, results } = await run([{ name: 'base', costOf: () => 4 }]);
    expect(record).toMatchObject({ cases: ['small'], isComplete: true, seed: 1, minimumTimingMs: 5 });
    expect(results[0]?.timings).toEqual(new Array(12).fill(4));
    expect([results[0]?.p25, results[0]?.p75]).toEqual([4, 4]);
  });
});
