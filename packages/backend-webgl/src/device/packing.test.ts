import { describe, expect, it } from 'vitest';
import { rowLayout } from './layout.js';
import { packed, unpacked } from './packing.js';

describe('packed', () => {
  const words = (count: number) => Float32Array.from({ length: count }, (_, at) => at);

  it('puts row r into layer r & 3', () => {
    const layout = rowLayout(32, 1, 4);
    expect(layout).toEqual({ width: 1, height: 2, layers: 4 });
    const rows = [0, 4, 1, 5, 2, 6, 3, 7];
    expect([...packed(layout, words(32))]).toEqual(
      rows.flatMap((row) => [0, 1, 2, 3].map((at) => 4 * row + at)),
    );
  });

  it('is undone by unpacked, and does nothing without layers', () => {
    const layout = rowLayout(4 * 3 * 8, 3, 4);
    expect(unpacked(layout, packed(layout, words(96)))).toEqual(words(96));
    expect(packed(rowLayout(96, 3), words(96))).toEqual(words(96));
  });
});
