/** A range of a logarithmic axis, by whole decades: 10^low to 10^high. */
export interface Decades {
  readonly low: number;
  readonly high: number;
}

/**
 * The decades that hold the given values, never less than those before: the axis only grows while a run goes on.
 *
 * @example
 * growDecades({ low: -1, high: 0 }, 0.004, 0.9) // => { low: -3, high: 0 }
 */
export function growDecades(before: Decades | undefined, least: number, most: number): Decades {
  const isUsable = least > 0 && Number.isFinite(most) && least <= most;
  const low = isUsable ? Math.floor(Math.log10(least)) : -1;
  const high = isUsable ? Math.max(low + 1, Math.ceil(Math.log10(most))) : 0;
  // Below 1e-12 float32 losses are rounding
  const lowest = Math.max(-12, low);
  return before
    ? { low: Math.min(before.low, lowest), high: Math.max(before.high, high) }
    : { low: lowest, high: Math.max(lowest + 1, high) };
}

/** Exponents to label: every one, or every second or third where they would crowd. */
export function decadeTicks({ low, high }: Decades, most: number): readonly number[] {
  const every = Math.max(1, Math.ceil((high - low) / most));
  const ticks: number[] = [];
  for (let exponent = high; exponent >= low; exponent -= every) ticks.push(exponent);
  return ticks;
}

/**
 * Round numbers from 0 to `end`: multiples of 1, 2 or 5 times a power of ten, at most `most` of them beside 0.
 *
 * @example
 * linearTicks(300, 4) // => [0, 100, 200, 300]
 */
export function linearTicks(end: number, most: number): readonly number[] {
  if (!(end > 0)) return [0];
  const least = end / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5, 10].find((digit) => digit * power >= least * (1 - 1e-9)) ?? 10);
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, at) => at * step);
}

const prefixes = [
  { from: 1e12, letter: 'T' },
  { from: 1e9, letter: 'G' },
  { from: 1e6, letter: 'M' },
  { from: 1e4, letter: 'k', unit: 1e3 },
] as const;

/** A tick in few characters: 300, 12k, 2.5M. */
export function shortNumber(value: number): string {
  const prefix = prefixes.find(({ from }) => Math.abs(value) >= from);
  if (!prefix) return String(Number(value.toPrecision(3)));
  return `${Number((value / ('unit' in prefix ? prefix.unit : prefix.from)).toPrecision(3))}${prefix.letter}`;
}
