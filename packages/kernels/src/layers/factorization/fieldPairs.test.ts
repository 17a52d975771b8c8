import { describe, expect, it } from 'vitest';
import { fieldPairs } from './fieldPairs.js';

describe('fieldPairs', () => {
  it('lists i < j row by row', () => {
    expect(fieldPairs(4)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect(fieldPairs(2)).toEqual([[0, 1]]);
    expect([fieldPairs(1), fieldPairs(0)]).toEqual([[], []]);
  });

  it('has pair (i, j) at i (2F - i - 1) / 2 + j - i - 1', () => {
    for (const fields of [2, 3, 7, 26]) {
      const pairs = fieldPairs(fields);
      expect(pairs.length).toBe((fields * (fields - 1)) / 2);
      const places = pairs.map(([i, j]) => (i * (2 * fields - i - 1)) / 2 + j - i - 1);
      expect(places).toEqual(pairs.map((_, at) => at));
    }
  });
});
