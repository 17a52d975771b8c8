import { describe, expect, it } from 'vitest';
import { middle, shortest, wavering } from './wavering.js';

describe('wavering', () => {
  it('is the ratio of the halves of one run, either way round', () => {
    expect(wavering([[10, 11, 10, 12, 13, 12]], shortest)).toBeCloseTo(1.2, 12);
    expect(wavering([[10, 10, 10, 12, 12, 12]], middle)).toBeCloseTo(1.2, 12);
    expect(wavering([[12, 12, 12, 99, 10, 10, 10]], middle)).toBeCloseTo(1.2, 12);
    expect(wavering([[5, 5]], shortest)).toBe(1);
  });

  it('is what the second of several runs lacks of the best, whatever disturbed the others', () => {
    expect(wavering([[30, 20], [11, 99], [10, 12], [40]], shortest)).toBeCloseTo(1.1, 12);
    expect(wavering([[10], [12]], shortest)).toBeCloseTo(1.2, 12);
  });

  it('is the ratio of the farthest medians, of quotients', () => {
    expect(wavering([[10, 10, 99], [11, 11, 11], [12.5]], middle)).toBeCloseTo(1.25, 12);
  });
});
