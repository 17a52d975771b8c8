import { describe, expect, it } from 'vitest';
import { clipToHalfPlane } from './halfPlane.js';

const square = [0, 2] as const;

describe('clipToHalfPlane', () => {
  it('cuts a square by a vertical line', () => {
    const { region, line } = clipToHalfPlane(square, square, [1, 0], -1);
    expect(line).toEqual([
      [1, 0],
      [1, 2],
    ]);
    expect(region).toEqual([
      [1, 0],
      [2, 0],
      [2, 2],
      [1, 2],
    ]);
  });

  it('cuts a square along its diagonal', () => {
    const { region, line } = clipToHalfPlane(square, square, [1, -1], 0);
    expect(line).toEqual([
      [0, 0],
      [2, 2],
    ]);
    expect(region).toHaveLength(3);
  });

  it('knows the line that passes outside', () => {
    expect(clipToHalfPlane(square, square, [1, 0], 1)).toMatchObject({ line: [], region: { length: 4 } });
    expect(clipToHalfPlane(square, square, [1, 0], -3)).toEqual({ line: [], region: [] });
  });

  it('draws no line that only touches a corner', () => {
    expect(clipToHalfPlane(square, square, [1, 1], 0).line).toEqual([]);
  });
});
