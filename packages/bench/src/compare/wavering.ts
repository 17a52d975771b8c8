import { quantile } from '../statistics/quantile.js';

/**
 * How far a series of timings wavers by itself: the ratio of the medians of its two halves in the order of the rounds,
 * whichever is larger over the other; at least 1.
 *
 * The bootstrap takes timings for independent draws. A machine that slows down for some seconds makes them dependent:
 * the interval is then too narrow, and this factor says by how much a median moves without any change of the code. It
 * does not see what is slower than the whole series; a control does (`CompareOptions`).
 *
 * @example
 * wavering([10, 10, 10, 12, 12, 12]) // => 1.2
 */
export function wavering(timings: readonly number[]): number {
  const half = Math.floor(timings.length / 2);
  const first = quantile(timings.slice(0, half), 0.5);
  const second = quantile(timings.slice(-half), 0.5);
  return Math.max(first / second, second / first);
}
