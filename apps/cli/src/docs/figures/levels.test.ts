import { describe, expect, it } from 'vitest';
import { levelsFor } from './levels.js';

describe('levelsFor', () => {
  it('puts zero into the middle of a level and the largest value into the outermost', () => {
    const levels = levelsFor([-5.4, 0, 1.2, 5.4]);
    expect(levels.step).toBe(1);
    expect([-5.4, -0.4, 0.6, 1.2, 5.4].map(levels.levelOf).map((level) => level + 0)).toEqual([
      -5, 0, 1, 1, 5,
    ]);
    expect(levels.range).toEqual([-5, 5]);
    expect(levels.thresholds).toEqual([-4.5, -3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 4.5]);
    expect([-5, 0, 2].map(levels.label)).toEqual(['\u22125', '0', '2']);
  });

  it('draws only levels that occur, and zero', () => {
    const levels = levelsFor([1, 2, 3]);
    expect(levels.range).toEqual([0, 5]);
    expect(levels.label(5)).toBe('3.0');
  });

  it('says where values lie beyond the outermost level', () => {
    const levels = levelsFor([...new Array<number>(99).fill(-1), 50]);
    expect([levels.levelOf(-1), levels.levelOf(50)]).toEqual([-5, 5]);
    expect([-5, 5].map(levels.label)).toEqual(['\u22121.0', '≥ 1.0']);
  });

  it('takes values that are all zero', () => {
    expect(levelsFor([0, 0])).toMatchObject({ range: [0, 0], thresholds: [] });
  });

  it.each([
    [5.5, 1],
    [5.6, 1.5],
    [0.011, 0.002],
    [2300, 500],
  ])('takes a round step for values up to %d', (most, step) => {
    expect(levelsFor([most]).step).toBeCloseTo(step, 12);
  });
});
