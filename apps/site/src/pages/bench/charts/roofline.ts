import type { BenchReport, BenchResult, Peak } from '@polyneuron/bench';
import { deviceOf } from '../../../benchLab/plan.js';

/** What a device can reach at most, as measured in the run. */
export interface Roof {
  /** '2 threads', 'WebGL'. */
  readonly title: string;
  readonly gflops: number;
  readonly bandwidthGBs: number;
  readonly dash: string;
}

/** A result as a point below the roofs. */
export interface RooflinePoint {
  readonly result: BenchResult;
  /** FLOP per compulsory byte. */
  readonly intensity: number;
  readonly gflops: number;
  /** The lower of the two ceilings of its device there; undefined where they were not measured. */
  readonly ceiling?: number;
}

/** Highest attainable rate at an intensity: min(peak, intensity × bandwidth). */
export function ceilingAt({ gflops, bandwidthGBs }: Roof, intensity: number): number {
  return Math.min(gflops, intensity * bandwidthGBs);
}

/** Of threads of the processor: the peak grows with them, the bandwidth of memory does not. */
export function processorRoof(peak: Peak, threads: number): Roof {
  const title = threads === 1 ? '1 thread' : `${threads} threads`;
  const dash = threads === 1 ? '' : '6 3';
  return { title, gflops: peak.gflops * threads, bandwidthGBs: streamBandwidth(peak), dash };
}

/** Of the graphics device, where the run measured it. */
export function graphicsRoof({ graphics }: Peak): Roof | undefined {
  return graphics && { title: 'WebGL', gflops: graphics.gflops, bandwidthGBs: graphics.copyGBs, dash: '2 3' };
}

/** Of the largest stream, the one that no cache holds. */
export function streamBandwidth({ triads, bandwidthGBs }: Peak): number {
  return triads?.at(-1)?.bandwidthGBs ?? bandwidthGBs;
}

/** The roof over a result: that of the device which its contender computes on; of contenders of this page only. */
export function roofOver(
  { contender, threads }: Pick<BenchResult, 'contender' | 'threads'>,
  peak: Peak,
): Roof | undefined {
  const device = (deviceOf as Readonly<Record<string, keyof typeof roofMakers>>)[contender];
  return device && roofMakers[device](peak, threads);
}

const roofMakers = { processor: processorRoof, graphics: graphicsRoof } as const;

/** Of the arithmetic that the result's own device reaches; undefined where it was not measured. */
export function shareOfOwnPeak(result: BenchResult, peak: Peak | null): number | undefined {
  const roof = peak && roofOver(result, peak);
  return roof && result.gflops !== undefined ? result.gflops / roof.gflops : undefined;
}

/** The points of a report; results without arithmetic or traffic have none. */
export function rooflinePoints({ results, peak }: BenchReport): readonly RooflinePoint[] {
  return results.flatMap((result) => {
    const { gflops, flops, bytes } = result;
    if (gflops === undefined || bytes <= 0) return [];
    const intensity = flops / bytes;
    const roof = peak && roofOver(result, peak);
    return [{ result, intensity, gflops, ...(roof && { ceiling: ceilingAt(roof, intensity) }) }];
  });
}

/** Every roof that some point is under, each once; that of one thread always. */
export function roofsOf(points: readonly RooflinePoint[], peak: Peak): readonly Roof[] {
  const roofs = [processorRoof(peak, 1), ...points.flatMap(({ result }) => roofOver(result, peak) ?? [])];
  return [...new Map(roofs.map((roof) => [roof.title, roof])).values()];
}
