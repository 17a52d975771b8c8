/** A logarithmic axis over whole decades, in pixels. */
export interface LogAxis {
  /** Exponents of the decades from the first to the last. */
  readonly decades: readonly number[];
  place(value: number): number;
}

/**
 * The axis from `from` to `to` pixels that holds all positive finite values; a decade at least.
 *
 * @example
 * logAxis([0.5, 30], 0, 300).place(1) // => 100
 */
export function logAxis(values: readonly number[], from: number, to: number): LogAxis {
  const usable = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const low = Math.floor(usable.length > 0 ? Math.min(...usable) : 0);
  const high = Math.max(low + 1, Math.ceil(usable.length > 0 ? Math.max(...usable) : 0));
  return {
    decades: Array.from({ length: high - low + 1 }, (_, at) => low + at),
    place: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
  };
}

/** Room before the least and after the largest value, in decades. */
const room = 0.12;

/** The same without the empty parts of the first and last decade, where two powers of ten are left to read it by. */
export function tightLogAxis(values: readonly number[], from: number, to: number): LogAxis {
  const whole = logAxis(values, from, to);
  const usable = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const [low, high] = [Math.min(...usable) - room, Math.max(...usable) + room];
  const decades = whole.decades.filter((decade) => decade >= low && decade <= high);
  if (decades.length < 2) return whole;
  return { decades, place: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from) };
}

/** 10^n as people write it: 0.01, 1, 1000, 10⁶. */
export function printDecade(exponent: number): string {
  if (exponent >= -3 && exponent <= 4) return String(Number(`1e${exponent}`));
  const raised = String(exponent)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] as string);
  return `10${raised}`;
}
