import { describe, expect, it } from 'vitest';
import { loadDataset } from '../registry/loadDataset.js';
import { fingerprint } from '../testing/sha256.js';
import { parity } from './parity.js';

describe('parity', () => {
  it('gives the same bytes on every platform', () => {
    expect(fingerprint(parity())).toMatchInlineSnapshot(`"e88cae2237b0658d"`);
  });

  it('holds every pattern once with its parity', () => {
    const { x, y, count } = parity({ bits: 6, seed: 9 });
    const rows = Array.from({ length: count }, (_, i) => [...x.subarray(6 * i, 6 * i + 6)]);
    expect(new Set(rows.map(String)).size).toBe(64);
    rows.forEach((row, i) => {
      expect(y[i]).toBe(row.reduce((sum, bit) => sum + bit, 0) % 2);
    });
  });

  it('holds out a share of the patterns, at least one and not all', async () => {
    const counts = async (bits: number, testFraction: number) => {
      const { train, test } = await loadDataset('parity', { bits, testFraction });
      return [train.count, test.count];
    };
    expect(await counts(8, 0.25)).toEqual([192, 64]);
    expect(await counts(2, 0.01)).toEqual([3, 1]);
    expect(await counts(2, 0.99)).toEqual([1, 3]);
  });

  it('rejects more patterns than fit', () => {
    expect(() => parity({ bits: 40 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: parity expected bits to be an integer from 2 to 20, got 40.

      Fix: bits is the number of bits; its default is 8]
    `);
  });
});
