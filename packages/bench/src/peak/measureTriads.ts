import { type Clock, platformClock } from '../runner/clock.js';
import { triadModule } from './triadModule.js';

/** Bandwidth of one thread on arrays of one size. */
export interface Triad {
  /** Of the three arrays together. */
  readonly bytes: number;
  /** Two reads and a write per element, in bytes per nanosecond. */
  readonly bandwidthGBs: number;
}

/** In the first cache, in the second or third, beyond all of them on most processors. */
const sizes = [2 ** 15, 2 ** 20, 2 ** 26];

/** Bytes that one call streams at least, so that the clock can tell. */
const bytesPerCall = 2 ** 24;

/**
 * Measures a[i] = b[i] + s c[i] in WebAssembly SIMD: the bandwidth that a kernel without reuse can have. None where SIMD
 * does not run.
 */
export function measureTriads({
  clock = platformClock,
  budgetMs = 60,
}: {
  readonly clock?: Clock;
  /** For each size. default 60 */
  readonly budgetMs?: number;
} = {}): readonly Triad[] {
  const module = triadModule(Math.max(...sizes));
  if (!WebAssembly.validate(module)) return [];
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(module)).exports as {
    readonly run: (bytes: number, repeats: number) => void;
  };
  return sizes.map((bytes) => {
    // Whole vectors of four lanes
    const perArray = 16 * Math.floor(bytes / 48);
    const repeats = Math.ceil(bytesPerCall / (3 * perArray));
    const until = clock() + budgetMs;
    let best = Number.POSITIVE_INFINITY;
    for (let calls = 0; calls < 3 || clock() < until; calls++) {
      const started = clock();
      run(perArray, repeats);
      best = Math.min(best, clock() - started);
    }
    return { bytes, bandwidthGBs: (3 * perArray * repeats) / (best * 1e6) };
  });
}
