/** @file Reports of one case from real timings, recorded on a machine that others used; `source` in the JSON says how. */
import type { BenchReport } from '../../report/benchReport.js';
import { fakeEnvironment } from '../../runner/testing/fakeWorld.js';
import { summarize } from '../../statistics/summarize.js';
import recorded from './recordedRuns.json' with { type: 'json' };

/** 60 runs of one build, and 30 of the same whose kernel does half of its work again. */
export const sameRuns: readonly BenchReport[] = recorded.same.map(reportOf);
export const slowedRuns: readonly BenchReport[] = recorded.slowed.map(reportOf);

function reportOf(timings: readonly number[]): BenchReport {
  const { n, ...quantiles } = summarize(timings);
  return {
    version: 1,
    environment: fakeEnvironment,
    peak: null,
    baseline: 'own',
    results: [
      {
        case: 'cross',
        suite: 'steps',
        contender: 'own',
        threads: 1,
        device: 'wasm',
        unit: 'ms/step',
        ...quantiles,
        samples: n,
        runs: n,
        firstCallMs: 1,
        isWarm: true,
        flops: 1000,
        bytes: 1000,
        maxError: 0,
        tolerance: 1e-3,
        timings,
      },
    ],
    errors: [],
    missing: [],
  };
}
