import { commonRules, resolveOptions } from '../options.js';
import { createRandom } from '../random/random.js';
import { splitInOrder, toSplit } from '../split.js';
import type { ClassificationSplit, DatasetSpec } from '../types.js';

export type ParityConfig = { bits: number; testFraction: number; seed: number };

/** Record of {@link parity}. No pattern is in both sets. */
export const paritySpec: DatasetSpec<ParityConfig> = {
  name: 'parity',
  title: 'Parity',
  description: 'is the number of ones among n bits odd; all 2^n patterns, shuffled, a quarter held out',
  source: 'Minsky and Papert 1969, Perceptrons: parity of n bits has order n',
  kind: 'classification',
  isSynthetic: true,
  inputShape: ({ bits }) => [bits],
  targetShape: [1],
  classNames: ['even', 'odd'],
  defaults: { bits: 8, testFraction: 0.25, seed: 42 },
  options: {
    bits: { kind: 'integer', min: 2, max: 20, about: 'number of bits' },
    testFraction: { kind: 'number', min: 0.01, max: 0.99, about: 'share of the patterns held out' },
    seed: commonRules.seed,
  },
  load({ bits, testFraction, seed }) {
    const all = parity({ bits, seed });
    const testCount = Math.min(all.count - 1, Math.max(1, Math.round(all.count * testFraction)));
    return {
      ...splitInOrder(all, all.count - testCount),
      provenance: `all ${all.count} patterns by parity with seed ${seed}, the last ${testCount} held out`,
    };
  },
};

/**
 * Every pattern of n bits once, in shuffled order.
 *
 * y = (x1 + x2 + … + xn) mod 2
 *
 * Shapes   x [2^bits, bits] of 0 and 1 → y [2^bits, 1] of 0 and 1
 * Degree   n as a polynomial in ±1 inputs: the product of all
 * Throws   DatasetError (BadOption)
 *
 * @example
 * parity({ bits: 3 }).xShape // => [8, 3]
 */
export function parity(options: { bits?: number; seed?: number } = {}): ClassificationSplit {
  const { bits: defaultBits, seed: defaultSeed } = paritySpec.defaults;
  const { bits, seed } = resolveOptions(
    'parity',
    {
      defaults: { bits: defaultBits, seed: defaultSeed },
      options: { bits: paritySpec.options.bits, seed: paritySpec.options.seed },
    },
    options,
  );
  const patterns = new Uint32Array(1 << bits).map((_, i) => i);
  createRandom(seed).shuffle(patterns);
  const x = new Float32Array(patterns.length * bits);
  const y = new Int32Array(patterns.length);
  patterns.forEach((pattern, row) => {
    for (let j = 0; j < bits; j++) {
      const bit = (pattern >>> j) & 1;
      x[row * bits + j] = bit;
      y[row] ^= bit;
    }
  });
  return toSplit(x, [bits], y);
}
