import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { encodeStrip, isSide, stripGap, stripWidth } from './png.js';

function decode(uri: string): PNG {
  return PNG.sync.read(Buffer.from(uri.replace('data:image/png;base64,', ''), 'base64'));
}

function pixels(png: PNG): readonly (readonly [grey: number, alpha: number])[] {
  return Array.from({ length: png.width * png.height }, (_, index) => [
    png.data[4 * index]!,
    png.data[4 * index + 3]!,
  ]);
}

describe('encodeStrip', () => {
  it('writes grey levels, clamps, and leaves NaN and missing pixels transparent', () => {
    const png = decode(encodeStrip([[0, 0.5, 1, -1, 2, Infinity, NaN]], 4, 2));
    expect([png.width, png.height]).toEqual([4, 2]);
    expect(pixels(png)).toEqual([
      [0, 255],
      [128, 255],
      [255, 255],
      [0, 255],
      [255, 255],
      [255, 255],
      [0, 0],
      [0, 0],
    ]);
  });

  it('separates images by a transparent gap', () => {
    const png = decode(encodeStrip([[1], Float32Array.of(0.2)], 1, 1));
    expect(png.width).toBe(stripWidth(2, 1));
    expect(pixels(png)).toEqual([[255, 255], ...Array(stripGap).fill([0, 0]), [51, 255]]);
  });
});

describe('isSide', () => {
  it.each([
    [1, true],
    [28, true],
    [0, false],
    [-1, false],
    [1.5, false],
    [NaN, false],
    [1e9, false],
  ])('of %d is %s', (size, expected) => expect(isSide(size)).toBe(expected));
});
