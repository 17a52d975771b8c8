import type { Peak } from '@polyneuron/bench';
import { describe, expect, it } from 'vitest';
import { ceilingAt, streamBandwidth } from './roofline.js';

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
    expect([0.5, 4, 5, 100].map((intensity) => ceilingAt(peak, intensity))).toEqual([6, 48, 50, 50]);
  });

  it('lifts the peak with the threads, not the bandwidth', () => {
    expect([ceilingAt(peak, 5, 2), ceilingAt(peak, 100, 2)]).toEqual([60, 100]);
  });
});

it('takes the bandwidth of the largest stream, and that of copying where no stream was measured', () => {
  const { triads, ...copied } = peak;
  expect([streamBandwidth(peak), streamBandwidth(copied), triads?.length]).toEqual([12, 10, 2]);
});
