import type { BenchReport, BenchResult, Peak } from '@polyneuron/bench';
import { describe, expect, it } from 'vitest';
import { ceilingAt, processorRoof, rooflinePoints, roofsOf, streamBandwidth } from './roofline.js';

const peak: Peak = {
  gflops: 50,
  variant: 'products of 6',
  bandwidthGBs: 10,
  triads: [
    { bytes: 2 ** 15, bandwidthGBs: 80 },
    { bytes: 2 ** 26, bandwidthGBs: 12 },
  ],
};

describe('ceilingAt', () => {
  it('is the bandwidth times the intensity, up to the peak', () => {
    const roof = processorRoof(peak, 1);
    expect([0.5, 4, 5, 100].map((intensity) => ceilingAt(roof, intensity))).toEqual([6, 48, 50, 50]);
  });

  it('lifts the peak with the threads, not the bandwidth', () => {
    const roof = processorRoof(peak, 2);
    expect([ceilingAt(roof, 5), ceilingAt(roof, 100)]).toEqual([60, 100]);
  });
});

const result: BenchResult = {
  case: 'a case',
  suite: 'gemm',
  contender: 'polyneuron-wasm',
  threads: 2,
  device: 'a device',
  unit: 'ms/run',
  median: 1,
  p5: 1,
  p25: 1,
  p75: 1,
  p95: 1,
  mad: 0,
  samples: 30,
  runs: 30,
  firstCallMs: 1,
  isWarm: true,
  flops: 1000,
  bytes: 100,
  gflops: 25,
  maxError: 0,
  tolerance: 1,
};

describe('rooflinePoints', () => {
  const graphics = { renderer: 'a device', gflops: 800, copyGBs: 30, launchMs: 0.5 };
  const report = {
    results: [result, { ...result, contender: 'tfjs-webgl', threads: 1 }, { ...result, contender: 'jax' }],
    peak: { ...peak, graphics },
  } as unknown as BenchReport;

  it('puts each result under the ceilings of its own device, and those of unknown ones under none', () => {
    const ceilings = rooflinePoints(report).map(({ ceiling }) => ceiling);
    expect(ceilings).toEqual([100, 300, undefined]);
  });

  it('has a roof for each device and number of threads', () => {
    const titles = roofsOf(rooflinePoints(report), { ...peak, graphics }).map(({ title }) => title);
    expect(titles).toEqual(['1 thread', '2 threads', 'WebGL']);
  });

  it('has no ceiling for a graphics device that was not measured', () => {
    const [, webgl] = rooflinePoints({ ...report, peak });
    expect(webgl.ceiling).toBeUndefined();
  });
});

it('takes the bandwidth of the largest stream, and that of copying where no stream was measured', () => {
  const { triads, ...copied } = peak;
  expect([streamBandwidth(peak), streamBandwidth(copied), triads?.length]).toEqual([12, 10, 2]);
});
