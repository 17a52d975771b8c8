import { type Clock, platformClock } from '../runner/clock.js';
import type { GraphicsPeak } from './graphicsPeak.js';
import type { Triad } from './measureTriads.js';
import { flopsPerIteration, type PeakVariant, peakModule } from './peakModule.js';

/** What one thread of this process reached, measured here and now. */
export interface Peak {
  /** Multiply-adds in WebAssembly SIMD, operands in registers. */
  readonly gflops: number;
  /** Which arrangement of the loop reached it. */
  readonly variant: string;
  /** Bytes read and written per nanosecond by copying arrays larger than the caches. An estimate. */
  readonly bandwidthGBs: number;
  /** Streams of several sizes, where they were measured. */
  readonly triads?: readonly Triad[];
  /** Of the graphics device, where it was measured. */
  readonly graphics?: GraphicsPeak;
}

export interface PeakOptions {
  readonly clock?: Clock;
  /** For each variant, and for the bandwidth. default 60 */
  readonly budgetMs?: number;
}

/**
 * The best of these counts: each is held back by something else (the latency of a chain, registers, a missing
 * instruction), and nothing a real kernel does can be better than all of them.
 */
const variants: readonly PeakVariant[] = [
  { form: 'products', accumulators: 6 },
  { form: 'products', accumulators: 7 },
  { form: 'chain', accumulators: 8 },
  { form: 'chain', accumulators: 12 },
  { form: 'relaxed', accumulators: 8 },
  { form: 'relaxed', accumulators: 12 },
];

/** Short calls, so that the optimising compiler takes over: V8 replaces a WebAssembly loop only when it is entered. */
const iterations = 20_000;

/** Twenty steps of the clocks of pages that are not isolated, 0.1 ms each. */
const leastSampleMs = 2;
const mostCalls = 1024;

/** Beyond the last-level cache of most processors. */
const copiedBytes = 2 ** 26;

/**
 * Measures the multiply-add peak of WebAssembly SIMD and the copy bandwidth of one thread, in this process.
 *
 * Undefined where WebAssembly SIMD does not run. Takes about half a second.
 */
export function measurePeak({ clock = platformClock, budgetMs = 60 }: PeakOptions = {}): Peak | undefined {
  const rates = variants.flatMap((variant) => {
    const run = instantiate(variant);
    if (!run) return [];
    const name = `${variant.form} of ${variant.accumulators}`;
    const operations = iterations * flopsPerIteration(variant);
    return [{ name, gflops: bestRate(() => void run(iterations), operations, clock, budgetMs) }];
  });
  if (rates.length === 0) return undefined;
  const best = rates.reduce((a, b) => (b.gflops > a.gflops ? b : a));
  return {
    gflops: best.gflops,
    variant: best.name,
    bandwidthGBs: measureBandwidth({ clock, budgetMs }),
  };
}

function instantiate(variant: PeakVariant): ((iterations: number) => number) | undefined {
  const bytes = peakModule(variant);
  if (!WebAssembly.validate(bytes)) return undefined;
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  return run as (iterations: number) => number;
}

/** Bytes moved (read and written) per nanosecond by `TypedArray.set`. */
export function measureBandwidth({ clock = platformClock, budgetMs = 60 }: PeakOptions = {}): number {
  const source = new Float64Array(copiedBytes / 8).fill(1);
  const target = new Float64Array(copiedBytes / 8);
  return bestRate(() => target.set(source), 2 * copiedBytes, clock, budgetMs);
}

/**
 * Units per nanosecond of the fastest sample: interruptions only ever add time. At least three samples, each of as many
 * calls as the clock needs to tell.
 */
function bestRate(run: () => void, units: number, clock: Clock, budgetMs: number): number {
  const until = clock() + budgetMs;
  let best = Number.POSITIVE_INFINITY;
  let calls = 1;
  for (let samples = 0; samples < 3 || clock() < until; ) {
    const started = clock();
    for (let call = 0; call < calls; call++) run();
    const elapsed = clock() - started;
    if (elapsed < leastSampleMs && calls < mostCalls) calls *= 2;
    else {
      best = Math.min(best, elapsed / calls);
      samples += 1;
    }
  }
  return units / (best * 1e6);
}
