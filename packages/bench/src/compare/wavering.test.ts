import { describe, expect, it } from 'vitest';
import { wavering } from './wavering.js';

describe('wavering', () => {
  it('is the ratio of the halves, either way round', () => {
    expect(wavering([10, 10, 10, 12, 12, 12])).toBeCloseTo(1.2, 12);
    expect(wavering([12, 12, 12, 99, 10, 10, 10])).toBeCloseTo(1.2, 12);
    expect(wavering([5, 5])).toBe(1);
  });
});
