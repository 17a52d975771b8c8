/** @file How the benchmark page writes numbers. */

/** A time in ms with three significant digits, in µs below a tenth of one. */
export function printTime(ms: number): string {
  return ms < 0.1 ? `${digits(1000 * ms)} µs` : `${digits(ms)} ms`;
}

/** A ratio: 2.41 ×. */
export function printRatio(ratio: number): string {
  return `${digits(ratio)} ×`;
}

/** 0.273 is '27 %'. */
export function printShare(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** An error: 1.2e-7, or 0. */
export function printError(error: number): string {
  return error === 0 ? '0' : error.toExponential(1);
}

/** Three significant digits, without an exponent from 0.001 to a million. */
export function digits(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value)) return String(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2);
  return value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(size))));
}
