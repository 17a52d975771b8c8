import { quantile } from '../statistics/quantile.js';

/**
 * How far a measurement wavers by itself, a factor of at least 1: the largest median over the smallest, of runs in
 * processes of their own where there are several, and else of the two halves of one run in the order of its rounds.
 *
 * The bootstrap takes timings for independent draws. A machine that slows down for some seconds makes them dependent,
 * and each process lays out its memory and compiles its code a little otherwise: the interval is then too narrow, and
 * this factor says by how much a median moves without any change of the code. One run does not see what is slower than
 * itself; further runs and a control do (`CompareOptions`).
 *
 * @example
 * wavering([[10, 10, 10, 12, 12, 12]]) // => 1.2
 */
export function wavering(runs: readonly (readonly number[])[]): number {
  const [first] = runs as readonly [readonly number[]];
  const half = Math.floor(first.length / 2);
  const parts = runs.length > 1 ? runs : [first.slice(0, half), first.slice(-half)];
  const levels = parts.map((part) => quantile(part, 0.5));
  return Math.max(...levels) / Math.min(...levels);
}
