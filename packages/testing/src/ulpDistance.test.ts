import { describe, expect, it } from 'vitest';
import { ulpDistance } from './ulpDistance.js';

describe('ulpDistance', () => {
  it('counts representable values', () => {
    expect(ulpDistance(1, 1, 'float32')).toBe(0);
    expect(ulpDistance(1, 1 + 2 ** -23, 'float32')).toBe(1);
    expect(ulpDistance(1, 1 - 2 ** -24, 'float32')).toBe(1);
    expect(ulpDistance(1, 1 + 2 ** -52, 'float64')).toBe(1);
    expect(ulpDistance(-(2 ** -149), 2 ** -149, 'float32')).toBe(2);
  });

  it('treats the zeros as one and infinity as a neighbour', () => {
    expect(ulpDistance(-0, 0, 'float32')).toBe(0);
    expect(ulpDistance(Number.MAX_VALUE, Number.POSITIVE_INFINITY, 'float64')).toBe(1);
    expect(ulpDistance(Number.NaN, 1, 'float64')).toBeNaN();
  });
});
