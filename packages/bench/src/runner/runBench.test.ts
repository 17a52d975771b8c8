import { describe, expect, it } from 'vitest';
import type { Contender, ContenderSpec } from '../contenders/contender.js';
import { type BenchOptions, runBenchIn } from './runBench.js';
import type { ProgressEvent } from './runCase.js';
import {
  createFakeClock,
  type FakeClock,
  type FakeOptions,
  fakeContender,
  fakeWorld,
  referenceOf,
  specOf,
} from './testing/fakeWorld.js';

interface Fixture {
  readonly clock: FakeClock;
  readonly log: string[];
}

function fixture(): Fixture {
  return { clock: createFakeClock(), log: [] };
}

const fake = ({ clock, log }: Fixture, options: FakeOptions): Contender => fakeContender(clock, options, log);

function run({ clock }: Fixture, specs: readonly ContenderSpec[], options: Partial<BenchOptions> = {}) {
  const base = { backends: [], baseline: 'slow', cases: ['small'], rounds: 8, ...options };
  return runBenchIn(base, fakeWorld(clock, specs));
}

/** Two contenders, 4 ms and 1 ms a run. */
function pair(one: Fixture): ContenderSpec[] {
  const slow = fake(one, { name: 'slow', costOf: () => 4 });
  return [specOf('slow', slow), specOf('fast', fake(one, { name: 'fast', threads: 2 }))];
}

describe('runBench', () => {
  it('reports medians, rates, shares and ratios', async () => {
    const one = fixture();
    const report = await run(one, pair(one));
    expect(report.errors).toEqual([]);
    expect(report.missing).toEqual([]);
    // 2·2·2·2 = 16 flops; 16 flops in 1 ms are 1.6e-5 GFLOP/s, of 2 threads at a peak of 0.001
    expect(report.results).toEqual([
      expect.objectContaining({ contender: 'slow', median: 4, p5: 4, p95: 4, mad: 0, samples: 8, flops: 16 }),
      expect.objectContaining({
        case: 'small',
        suite: 'gemm',
        unit: 'ms/run',
        contender: 'fast',
        threads: 2,
        median: 1,
        samples: 8,
        runs: 40,
        firstCallMs: 15,
        isWarm: true,
        gflops: 1.6e-5,
        shareOfPeak: 0.008,
        maxError: 0,
        ratio: 4,
        ratioInterval: [4, 4],
      }),
    ]);
    expect(report.results[0].ratio).toBeUndefined();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('interleaves: each round starts with another contender', async () => {
    const one = fixture();
    await run(one, pair(one), { rounds: 3 });
    const rounds = one.log.filter((line) => line.startsWith('run')).slice(-6);
    expect(rounds.map((line) => line.split(' ')[1])).toEqual([
      'slow',
      'fast',
      'fast',
      'slow',
      'slow',
      'fast',
    ]);
  });

  it('activates a contender before it works, and disposes of everything once', async () => {
    const one = fixture();
    await run(one, pair(one));
    one.log.forEach((line, at) => {
      const [verb, name] = line.split(' ');
      if (verb !== 'run') return;
      const earlier = one.log.slice(0, at).filter((other) => other.startsWith('activate'));
      expect(earlier.at(-1)).toBe(`activate ${name}`);
    });
    expect(one.log.filter((line) => line.startsWith('dispose')).sort()).toEqual([
      'dispose fast',
      'dispose fast small',
      'dispose slow',
      'dispose slow small',
    ]);
  });

  it('refuses to time a wrong result', async () => {
    const one = fixture();
    const wrong = fake(one, {
      name: 'fast',
      compute: async (opened) => {
        const { c } = await referenceOf(opened);
        return { c: c.map((value, at) => (at === 3 ? value + 1 + Math.abs(value) : value)) };
      },
    });
    const report = await run(one, [pair(one)[0], specOf('fast', wrong)]);
    expect(report.results.map(({ contender }) => contender)).toEqual(['slow']);
    expect(report.errors).toMatchInlineSnapshot(`
      [
        {
          "case": "small",
          "contender": "fast",
          "maxError": 1,
          "message": "not timed: the result is off by 1.00e+0 against the float64 reference, 7.15e-7 is allowed",
          "threads": 1,
          "tolerance": 7.152557373046875e-7,
        },
      ]
    `);
    expect(one.log.some((line) => line.startsWith('run fast'))).toBe(false);
    expect(one.log).toContain('dispose fast small');
  });

  it('refuses a NaN without writing one to the report', async () => {
    const one = fixture();
    const compute = async () => ({ c: [0, 0, 0, Number.NaN] });
    const report = await run(one, [...pair(one), specOf('nan', fake(one, { name: 'nan', compute }))]);
    expect(report.errors).toMatchObject([
      { contender: 'nan', maxError: null, tolerance: expect.any(Number) },
    ]);
    expect(report.errors[0].message).toContain('an infinity or a NaN');
  });

  it('goes on without a contender that fails, in its check or in a round', async () => {
    const one = fixture();
    const compute = () => Promise.reject(new Error('no memory'));
    const onRun = (at: number) => {
      if (at >= 100) throw new Error('lost the device');
    };
    const report = await run(
      one,
      [
        ...pair(one),
        specOf('early', fake(one, { name: 'early', compute })),
        specOf('late', fake(one, { name: 'late', onRun })),
      ],
      { rounds: 40 },
    );
    expect(report.results.map(({ contender, samples }) => [contender, samples])).toEqual([
      ['slow', 40],
      ['fast', 40],
    ]);
    expect(report.errors).toEqual([
      {
        case: 'small',
        contender: 'early',
        threads: 1,
        maxError: null,
        tolerance: null,
        message: 'no memory',
      },
      {
        case: 'small',
        contender: 'late',
        threads: 1,
        maxError: 0,
        tolerance: null,
        message: 'lost the device',
      },
    ]);
    expect(one.log.filter((line) => line === 'dispose late small')).toEqual(['dispose late small']);
  });

  it('lists who does not run here, and what a contender cannot take', async () => {
    const one = fixture();
    const absent: ContenderSpec = {
      name: 'absent',
      title: 'absent',
      open: async () => ({ contenders: [], missing: ['1 thread: no such device'] }),
    };
    const unsupported = ({ name }: { readonly name: string }) =>
      name === 'other' ? 'it is too big' : undefined;
    const picky = specOf('picky', fake(one, { name: 'picky', unsupported }));
    const report = await run(one, [pair(one)[0], absent, picky], { cases: ['small', 'other'] });
    expect(report.missing).toEqual([
      { case: '*', contender: 'absent', reason: '1 thread: no such device' },
      { case: 'other', contender: 'picky', reason: 'it is too big' },
    ]);
    expect(report.results.map((result) => `${result.case} ${result.contender}`)).toEqual([
      'small slow',
      'small picky',
      'other slow',
    ]);
  });

  it('stops with the budget, after five rounds at least', async () => {
    const one = fixture();
    const report = await run(one, pair(one), { rounds: 1000, budgetMs: 1 });
    expect(report.results.map(({ samples }) => samples)).toEqual([5, 5]);
    const longer = await run(one, pair(one), { rounds: 1000, budgetMs: 300 });
    expect(longer.results[0].samples).toBeGreaterThan(5);
    expect(longer.results[0].samples).toBeLessThan(1000);
  });

  it('gives a result per setting, and compares with the first of the baseline', async () => {
    const one = fixture();
    const [slow] = pair(one);
    const threads = [1, 2, 3].map((count) =>
      fake(one, { name: 'fast', threads: count, costOf: () => 4 / count }),
    );
    const { results } = await run(one, [slow, specOf('fast', ...threads)], { baseline: 'fast' });
    const fast = results.filter(({ contender }) => contender === 'fast');
    expect(fast.map(({ threads, ratio }) => [threads, ratio])).toEqual([
      [1, undefined],
      [2, 2],
      [3, expect.closeTo(3, 10)],
    ]);
  });

  it('has no ratio where the baseline does not take part', async () => {
    const one = fixture();
    const { results } = await run(one, pair(one), { contenders: ['fast'] });
    expect(results).toHaveLength(1);
    expect(results[0]).not.toHaveProperty('ratio');
  });

  it('tells what it is doing', async () => {
    const one = fixture();
    const events: ProgressEvent[] = [];
    await run(one, pair(one), { rounds: 2, onProgress: (event) => events.push(event) });
    expect(events.map(({ phase, contender = '', round = '' }) => `${phase} ${contender}${round}`)).toEqual([
      'open slow',
      'open fast',
      'reference ',
      'check slow',
      'check fast',
      'warm-up slow',
      'warm-up fast',
      'rounds 1',
      'rounds 2',
    ]);
    expect(events.every((event) => event.case === (event.phase === 'open' ? '*' : 'small'))).toBe(true);
  });

  it('stops when it is told to, and leaves nothing open', async () => {
    const one = fixture();
    const controller = new AbortController();
    const onProgress = ({ phase }: ProgressEvent) => {
      if (phase === 'rounds') controller.abort(new Error('stopped by the user'));
    };
    await expect(run(one, pair(one), { onProgress, signal: controller.signal })).rejects.toThrow(
      'stopped by the user',
    );
    expect(one.log.filter((line) => line.startsWith('dispose'))).toHaveLength(4);
  });

  it('rejects names that do not exist and numbers that make no sense', async () => {
    const one = fixture();
    const specs = pair(one);
    await expect(run(one, specs, { cases: ['smal'] })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: runBench expected cases among small, other, got 'smal'.

      Fix: check the spelling]
    `);
    await expect(
      run(one, specs, { suite: 'steps', cases: ['small'] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: runBench expected cases among , got 'small'.

      Fix: check the spelling, or the suite: 'steps']
    `);
    await expect(run(one, specs, { suite: 'layer' as never })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: runBench expected suite to be one of steps, gemm, layers, convolution, inference, compile, convergence, scaling, got 'layer'.

      Fix: leave it out to run every suite]
    `);
    await expect(run(one, specs, { contenders: ['fats'] })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: runBench expected contenders among slow, fast, got 'fats'.

      Fix: check the spelling, or hand in the backend]
    `);
    await expect(run(one, specs, { baseline: 'keras' })).rejects.toThrow("'keras'");
    await expect(
      run(one, specs, { rounds: 0, budgetMs: Number.NaN }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: runBench expected rounds, budgetMs above 0, got rounds: 0, budgetMs: NaN.

      Fix: leave the option out for its default]
    `);
  });
});
