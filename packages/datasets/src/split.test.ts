import { describe, expect, it } from 'vitest';
import { sliceSplit, splitInOrder, toSplit } from './split.js';

const split = toSplit(Float32Array.of(1, 2, 3, 4, 5, 6), [2], Int32Array.of(7, 8, 9));

describe('sliceSplit', () => {
  it('copies a range of samples with its shapes', () => {
    expect(sliceSplit(split, 1, 2)).toEqual({
      x: Float32Array.of(3, 4),
      y: Int32Array.of(8),
      xShape: [1, 2],
      yShape: [1, 1],
      count: 1,
    });
    expect(sliceSplit(split, 1).x.buffer).not.toBe(split.x.buffer);
  });

  it('clamps the range to the samples', () => {
    expect(sliceSplit(split, -5, 99)).toEqual(split);
    expect(sliceSplit(split, 2, 1).xShape).toEqual([0, 2]);
  });
});

describe('splitInOrder', () => {
  it('keeps the order', () => {
    const { train, test } = splitInOrder(split, 2);
    expect([...train.y, ...test.y]).toEqual([7, 8, 9]);
    expect([train.count, test.count]).toEqual([2, 1]);
  });
});
