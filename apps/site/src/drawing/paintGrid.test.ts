import { describe, expect, it } from 'vitest';
import { divergingTable } from './colourTable.js';
import { paintGrid, probabilityScale } from './paintGrid.js';

const table = divergingTable('light');

function paint(value: number, size = 16): Uint32Array {
  const pixels = new Uint32Array(size * size);
  paintGrid(new Float32Array(size * size).fill(value), pixels, size, table, probabilityScale);
  return pixels;
}

describe('paintGrid', () => {
  it('takes the entry of a value on the scale', () => {
    expect(paint(0)[0]).toBe(table[0]);
    expect(paint(1)[0]).toBe(table[255]);
    expect(paint(0.5)[0]).toBe(table[128]);
  });

  it('does not take a rounding of the last bit for an excess', () => {
    expect(new Set(paint(1 + 2 ** -23))).toEqual(new Set([table[255]]));
  });

  it('hatches what is beyond the scale, in the colour of that end', () => {
    expect(new Set(paint(1.2))).toEqual(new Set([table[255], table[127]]));
    expect(new Set(paint(-0.2))).toEqual(new Set([table[0], table[127]]));
  });

  it('checkers what is no number, in colours of no table', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const seen = new Set(paint(value));
      expect(seen.size).toBe(2);
      for (const pixel of seen) expect(table.includes(pixel)).toBe(false);
    }
  });
});
