import { describe, expect, it } from 'vitest';
import { decadeTicks, growDecades, linearTicks, shortNumber } from './axisTicks.js';

describe('growDecades', () => {
  it('takes whole decades and only grows', () => {
    const first = growDecades(undefined, 0.2, 0.7);
    expect(first).toEqual({ low: -1, high: 0 });
    const second = growDecades(first, 0.004, 0.5);
    expect(second).toEqual({ low: -3, high: 0 });
    expect(growDecades(second, 0.3, 0.4)).toEqual(second);
    expect(growDecades(second, 0.3, 40)).toEqual({ low: -3, high: 2 });
  });

  it('has a decade at least, also of nothing, zero and infinity', () => {
    for (const range of [
      growDecades(undefined, 1, 1),
      growDecades(undefined, 0, 0.5),
      growDecades(undefined, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      growDecades(undefined, 1e-30, 1e-30),
    ]) {
      expect(range.high).toBeGreaterThan(range.low);
      expect(range.low).toBeGreaterThanOrEqual(-12);
    }
  });
});

describe('decadeTicks', () => {
  it('leaves out some where they would crowd', () => {
    expect(decadeTicks({ low: -2, high: 0 }, 5)).toEqual([0, -1, -2]);
    expect(decadeTicks({ low: -9, high: 1 }, 5)).toEqual([1, -1, -3, -5, -7, -9]);
  });
});

describe('linearTicks', () => {
  it('takes round numbers', () => {
    expect(linearTicks(300, 4)).toEqual([0, 100, 200, 300]);
    expect(linearTicks(3000, 3)).toEqual([0, 1000, 2000, 3000]);
    expect(linearTicks(75, 4)).toEqual([0, 20, 40, 60]);
    expect(linearTicks(0, 4)).toEqual([0]);
  });
});

describe('shortNumber', () => {
  it('is short', () => {
    expect([0, 300, 1000, 12_000, 2.5e6, 1e9].map(shortNumber)).toEqual([
      '0',
      '300',
      '1000',
      '12k',
      '2.5M',
      '1G',
    ]);
  });
});
