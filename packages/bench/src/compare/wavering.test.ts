import { describe, expect, it } from 'vitest';
import { wavering } from './wavering.js';

describe('wavering', () => {
  it('is the ratio of the halves of one run, either way round', () => {
    expect(wavering([[10, 10, 10, 12, 12, 12]])).toBeCloseTo(1.2, 12);
    expect(wavering([[12, 12, 12, 99, 10, 10, 10]])).toBeCloseTo(1.2, 12);
    expect(wavering([[5, 5]])).toBe(1);
  });

  it('is the ratio of the farthest medians of several runs', () => {
    expect(wavering([[10, 10, 99], [11, 11, 11], [12.5]])).toBeCloseTo(1.25, 12);
  });
});
