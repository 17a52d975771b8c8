/** @file A report for tests: two cases, a wrong result, an absent contender, and texts that want to be markup. */
import type { BenchReport, BenchResult } from '@polyneuron/bench';

const baseline: BenchResult = {
  case: 'mnist-mlp',
  suite: 'steps',
  contender: 'tfjs-wasm',
  threads: 1,
  device: 'tfjs wasm',
  unit: 'ms/step',
  median: 6.5,
  p5: 6.25,
  p25: 6.375,
  p75: 6.75,
  p95: 7.125,
  mad: 0.125,
  samples: 30,
  runs: 480,
  firstCallMs: 80.25,
  isWarm: false,
  flops: 2e7,
  bytes: 4e6,
  gflops: 3.0769,
  shareOfPeak: 0.0496,
  maxError: 1.25e-4,
  tolerance: 2e-3,
};

const own: BenchResult = {
  ...baseline,
  contender: 'polyneuron-wasm',
  median: 0.25,
  p5: 0.24,
  p95: 0.28,
  isWarm: true,
  gflops: 80,
  shareOfPeak: 1.29,
  ratio: 26,
  ratioInterval: [25, 27.5],
};

export const sampleBenchReport: BenchReport = {
  version: 1,
  environment: {
    date: '2026-01-01T00:00:00.000Z',
    runtime: 'Node 20.0.0',
    v8: '11.3',
    flags: ['--title=<b>'],
    platform: 'linux',
    cpu: 'Fake CPU',
    cores: 2,
    memoryBytes: 2 ** 32,
    simd: ['simd'],
    hasSharedMemory: true,
    loadAverage: 3.46,
    warnings: ['others are working'],
  },
  peak: { gflops: 62, variant: 'products of 6', bandwidthGBs: 20 },
  baseline: 'tfjs-wasm',
  results: [
    own,
    baseline,
    { ...own, case: 'cross', median: 0.003, p5: 0.0029, p95: 0.0031, versions: { engine: '<1.2>' } },
    { ...baseline, case: 'cross', median: 0.98, p5: 0.9, p95: 1.2 },
  ],
  errors: [
    {
      case: 'lift',
      contender: 'polyneuron-wasm',
      threads: 2,
      maxError: 0.5,
      tolerance: 2e-3,
      message: 'not timed: the result is off by <0.5>\n\nmore',
    },
  ],
  missing: [{ case: '*', contender: 'tfjs-cpu', reason: 'no package registered it' }],
};
