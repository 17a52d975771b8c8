/** @file Axes whose domain and ticks are chosen here, so that no input, however odd, reaches a scale of the plot library. */
import { formatLogTick, formatTick } from '../numbers.js';

export interface Axis {
  readonly type: 'linear' | 'log';
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  format(tick: number): string;
  /** Where a value lies along the axis: 0 at the start, 1 at the end. */
  position(value: number): number;
}

/** Beyond it the difference of two values may overflow; such a value counts as not finite. */
const largest = 1e150;
/** Below it a tick's digits may be lost to underflow; such a distance counts as none. */
const smallest = 1 / largest;

export function isPlottable(value: number, type: Axis['type']): boolean {
  return Math.abs(value) <= largest && (type === 'linear' || value >= smallest);
}

/** True if the positive values span more than two decades and none is negative. */
export function spansTwoDecades(values: readonly number[]): boolean {
  const finite = values.filter((value) => isPlottable(value, 'linear'));
  const [low, high] = extent(finite.filter((value) => isPlottable(value, 'log')));
  return finite.every((value) => value >= 0) && high / low > 100;
}

/**
 * An axis that shows all plottable values.
 *
 * 'tight' ends at the extremes (for x), 'nice' at ticks around them and at zero where zero is near (for y); `isInteger` has
 * integral ticks only. Without a plottable value it runs from 0 to 1.
 */
export function linearAxis(values: readonly number[], ends: 'tight' | 'nice', isInteger = false): Axis {
  const [low, high] = widened(extent(values.filter((value) => isPlottable(value, 'linear'))));
  const start = ends === 'nice' && low > 0 && low < high / 2 ? 0 : low;
  const step = Math.max(niceStep((high - start) / 5), isInteger ? 1 : 0);
  const first = ends === 'nice' ? Math.floor(start / step + 1e-9) : Math.ceil(start / step - 1e-9);
  const last = ends === 'nice' ? Math.ceil(high / step - 1e-9) : Math.floor(high / step + 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => rounded((first + index) * step));
  const domain = ends === 'nice' ? ([ticks[0]!, ticks.at(-1)!] as const) : ([start, high] as const);
  return {
    type: 'linear',
    domain,
    ticks,
    format: (tick) => formatTick(tick, step),
    position: (value) => (value - domain[0]) / (domain[1] - domain[0]),
  };
}

/** An axis from the power of ten below the smallest positive value to the one above the largest. */
export function logAxis(values: readonly number[]): Axis {
  const [low, high] = extent(values.filter((value) => isPlottable(value, 'log')));
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(high) - 1e-9));
  const stride = Math.ceil((last - first) / 6);
  const powers = Array.from(
    { length: Math.floor((last - first) / stride) + 1 },
    (_, index) => first + index * stride,
  );
  const ticks = powers.flatMap((power) => {
    const inner = last - first === 1 && power === first ? [2, 5] : [];
    return [1, ...inner].map((digit) => Number(`${digit}e${power}`));
  });
  return {
    type: 'log',
    domain: [Number(`1e${first}`), Number(`1e${last}`)],
    ticks,
    format: formatLogTick,
    position: (value) => (Math.log10(value) - first) / (last - first),
  };
}

/** Smallest and largest value; [1, 1] of none. */
export function extent(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [1, 1];
  let [low, high] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** A range of (almost) no width gets some, so that its only value lies inside. */
function widened([low, high]: readonly [number, number]): readonly [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > Math.max(1e-9 * size, smallest)) return [low, high];
  const margin = size <= smallest ? 1 : size / 2;
  return [low - margin, high + margin];
}

/** 1, 2 or 5 times a power of ten, not below `step`. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= step * (1 - 1e-9))!;
}

/** Drops the last bits of a product, so that 3 times 0.1 is 0.3. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
