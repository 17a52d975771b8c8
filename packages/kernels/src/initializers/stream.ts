import { threefry2x32, ValueError } from '@polyneuron/graph';
import { normalQuantile } from './normalQuantile.js';

/** Seeded numbers of one weight. */
export interface Stream {
  /** Uniform on (0, 1), 52 bits, never 0 or 1. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Standard normal given that it lies within ±2. */
  truncatedNormal(): number;
}

/** Φ(-2) and Φ(2) - Φ(-2) */
const below = 0.022750131948179195;
const within = 0.9544997361036416;

/**
 * A stream of its own for every (seed, path): Threefry-2x32 with the seed and a hash of the path as key. One seed thus
 * serves a whole model without two weights starting equal (tfjs gives every weight of a seeded initializer the same
 * values), and the values of a weight do not depend on the order of creation.
 *
 * Integer arithmetic and correctly rounded + - * / √ alone: the same bits on every platform.
 *
 * Throws   ValueError when the seed is not a whole number from 0 to 2^32 - 1
 */
export function stream(seed: number, path: string): Stream {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new ValueError({
      subject: 'initialValues',
      expected: 'a seed that is a whole number from 0 to 4294967295',
      received: String(seed),
      fix: 'reduce it with seed >>> 0',
    });
  }
  const [first, second] = [hash(path, 0x811c9dc5), hash(path, 0x9e3779b9)];
  let block = 0;
  const uniform = () => {
    const [high, low] = threefry2x32([seed, first], [block++, second]);
    return ((high >>> 6) * 2 ** 26 + (low >>> 6) + 0.5) / 2 ** 52;
  };
  return {
    uniform,
    normal: () => normalQuantile(uniform()),
    truncatedNormal: () => normalQuantile(below + within * uniform()),
  };
}

/** FNV-1a over the two bytes of each UTF-16 unit. */
function hash(text: string, basis: number): number {
  let state = basis;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    for (const byte of [unit & 0xff, unit >>> 8]) state = Math.imul(state ^ byte, 0x01000193);
  }
  return state >>> 0;
}
