import { describe, expect, it } from 'vitest';
import { placeLabels, spread, usesLetters } from './labels.js';

describe('usesLetters', () => {
  it('is true from the first name that is too long to stand in the margin', () => {
    expect(usesLetters(['relu', 'twelve chars'])).toBe(false);
    expect(usesLetters(['relu', 'thirteen char'])).toBe(true);
  });
});

describe('placeLabels', () => {
  it('places labels beside ends at the edge and apart from earlier ends', () => {
    const ends = [
      { x: 1, y: 50, isRising: false },
      { x: 0.5, y: 50, isRising: false },
      { x: 0.2, y: 50, isRising: true },
    ];
    expect(placeLabels(ends, 15, 0, 100)).toEqual([50, 39, 61]);
  });

  it('moves labels of neighbouring ends apart', () => {
    const ends = [0.98, 1, 0.97].map((x, index) => ({ x, y: 50 + index, isRising: false }));
    const [first, second, third] = placeLabels(ends, 15, 0, 100);
    expect(second! - first!).toBeGreaterThanOrEqual(15);
    expect(third! - second!).toBeGreaterThanOrEqual(15);
  });
});

describe('spread', () => {
  it('leaves what is far apart', () => {
    expect(spread([80, 10], 15, 0, 100)).toEqual([80, 10]);
  });

  it('moves neighbours apart in their order and keeps them inside', () => {
    expect(spread([50, 52, 51], 10, 0, 100)).toEqual([50, 70, 60]);
    expect(spread([99, 100], 10, 0, 100)).toEqual([90, 100]);
  });

  it('takes none', () => {
    expect(spread([], 10, 0, 100)).toEqual([]);
  });
});
