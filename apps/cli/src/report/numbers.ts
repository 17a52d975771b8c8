/** @file How the report writes numbers. The minus is U+2212, which is as wide as a digit. */

const minus = '\u2212';

/**
 * A measured value with four significant digits; scientific from 1e4 upward and below 1e-3.
 *
 * @example
 * formatMeasure(0.0123456) // => '0.01235'
 * formatMeasure(-123456)   // => '−1.235e5'
 * formatMeasure(NaN)       // => 'NaN'
 */
export function formatMeasure(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (value === 0) return '0';
  // The choice of form follows the rounded value, so that 9999.96 reads 1.000e4 and not 10000.
  const size = Math.abs(Number(value.toPrecision(4)));
  const text = size >= 1e4 || size < 1e-3 ? shortExponent(value.toExponential(3)) : value.toPrecision(4);
  return text.replaceAll('-', minus);
}

/** A time in ms with four significant digits, without an exponent from a nanosecond upward: 0.0008514. */
export function formatMilliseconds(ms: number): string {
  if (!Number.isFinite(ms)) return formatNonFinite(ms);
  if (ms === 0) return '0';
  // Of the rounded value, so that 9.9996 reads 10.00
  const size = Math.abs(Number(ms.toPrecision(4)));
  const digits = Math.max(0, 3 - Math.floor(Math.log10(size)));
  return digits > 9 ? formatMeasure(ms) : separateThousands(ms.toFixed(digits));
}

/** A count with thousands separators: 101,200. Anything but a safe integer is written as a measure. */
export function formatCount(value: number): string {
  return Number.isSafeInteger(value) ? separateThousands(String(value)) : formatMeasure(value);
}

/** Wall time in seconds: two decimals below 10, one below 100, none above. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatNonFinite(seconds);
  const size = Math.abs(seconds);
  return separateThousands(seconds.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0));
}

/** A tick of a linear axis whose ticks are `step` apart: as many decimals as tell neighbours apart. */
export function formatTick(value: number, step: number): string {
  const size = Math.abs(value);
  if (size < step / 2) return '0';
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (size < 1e6 && decimals <= 4) return separateThousands(value.toFixed(decimals));
  const digits = Math.max(0, Math.floor(Math.log10(size)) + decimals);
  const [mantissa, exponent] = value.toExponential(Math.min(digits, 6)).split('e');
  return shortExponent(`${String(Number(mantissa))}e${exponent}`).replaceAll('-', minus);
}

/** A tick of a logarithmic axis: plain from 0.001 to 1,000, otherwise as a power of ten (2×10⁻⁵). */
export function formatLogTick(value: number): string {
  if (value >= 0.00099 && value < 1001) return String(Number(value.toPrecision(6)));
  const [mantissa, exponent] = value.toExponential(0).split('e');
  const power = `10${superscript(Number(exponent))}`;
  return mantissa === '1' ? power : `${mantissa}×${power}`;
}

/** A probability with two decimals. */
export function formatProbability(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2).replace('-', minus) : formatNonFinite(value);
}

/** A size in GiB with one decimal. */
export function formatGibibytes(bytes: number): string {
  return Number.isFinite(bytes) ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : formatNonFinite(bytes);
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : `${minus}∞`;
}

/** 1.234e+5 to 1.234e5. */
function shortExponent(text: string): string {
  return text.replace('e+', 'e');
}

function separateThousands(text: string): string {
  const [whole, fraction] = text.split('.');
  const separated = whole!.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', minus);
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

function superscript(value: number): string {
  return String(value)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!);
}
