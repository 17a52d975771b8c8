import type { DType } from '@polyneuron/graph';

/** What values of a dtype are on the device; a bool is 0 or 1. */
export const typeOf = (dtype: DType): 'float' | 'int' => (dtype === 'float32' ? 'float' : 'int');

/** A literal with exactly the value that the dtype stores. */
export const literal = (value: number, dtype: DType): string => {
  if (dtype === 'float32') return floatLiteral(value);
  return dtype === 'bool' ? String(Number(value !== 0)) : intLiteral(value | 0);
};

/** The smallest integer has no literal of its own. */
const intLiteral = (value: number): string =>
  value === -(2 ** 31) ? '(-2147483647 - 1)' : value < 0 ? `(${value})` : String(value);

/** The shortest decimal that parses to this float32; by its bits where there is none. */
function floatLiteral(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) {
    const bits = new Uint32Array(Float32Array.of(single).buffer)[0];
    return `__int_as_float(0x${bits.toString(16)})`;
  }
  const text = Object.is(single, -0) ? '-0' : shortest(single);
  const whole = /[.e]/.test(text) ? text : `${text}.0`;
  return whole.startsWith('-') ? `(${whole}f)` : `${whole}f`;
}

/** float32 needs nine significant digits at most. */
function shortest(single: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(single.toPrecision(digits)));
    if (Math.fround(Number(text)) === single) return text;
  }
  return String(Number(single.toPrecision(9)));
}
