import type { BenchReport, BenchResult, Peak } from '@polyneuron/bench';

/** A result as a point below the roofs. */
export interface RooflinePoint {
  readonly result: BenchResult;
  /** FLOP per compulsory byte. */
  readonly intensity: number;
  readonly gflops: number;
  /** The lower of the two ceilings there, with the result's threads; undefined off the processor. */
  readonly ceiling?: number;
}

/** Highest attainable rate at an intensity: min(peak, intensity × bandwidth). */
export function ceilingAt(peak: Peak, intensity: number, threads = 1): number {
  return Math.min(peak.gflops * threads, intensity * streamBandwidth(peak));
}

/** Of the largest stream, the one that no cache holds. */
export function streamBandwidth({ triads, bandwidthGBs }: Peak): number {
  return triads?.at(-1)?.bandwidthGBs ?? bandwidthGBs;
}

/** The points of a report; results without arithmetic or traffic have none. */
export function rooflinePoints({ results, peak }: BenchReport): readonly RooflinePoint[] {
  return results.flatMap((result) => {
    const { gflops, flops, bytes, threads, shareOfPeak } = result;
    if (gflops === undefined || bytes <= 0) return [];
    const intensity = flops / bytes;
    const isOnProcessor = peak !== null && shareOfPeak !== undefined && !/webgl/i.test(result.contender);
    return [
      { result, intensity, gflops, ...(isOnProcessor && { ceiling: ceilingAt(peak, intensity, threads) }) },
    ];
  });
}
