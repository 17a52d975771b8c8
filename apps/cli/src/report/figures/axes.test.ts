import { describe, expect, it } from 'vitest';
import { linearAxis, logAxis, spansTwoDecades } from './axes.js';

describe('linearAxis', () => {
  it('ends at ticks around the values, at zero where zero is near', () => {
    const axis = linearAxis([0.01, 0.073], 'nice');
    expect(axis.domain).toEqual([0, 0.08]);
    expect(axis.ticks.map(axis.format)).toEqual(['0', '0.02', '0.04', '0.06', '0.08']);
    expect(linearAxis([97.2, 98.4], 'nice').domain).toEqual([97, 98.5]);
  });

  it('ends at the extremes where it is tight, with integral ticks on demand', () => {
    const axis = linearAxis([1, 3], 'tight', true);
    expect(axis.domain).toEqual([1, 3]);
    expect(axis.ticks).toEqual([1, 2, 3]);
  });

  it('places values between 0 and 1', () => {
    const axis = linearAxis([-1, 3], 'tight');
    expect([-1, 1, 3].map(axis.position)).toEqual([0, 0.5, 1]);
  });

  it.each([
    ['no value', []],
    ['one value', [5]],
    ['zero', [0, 0]],
    ['a negative constant', [-3, -3]],
    ['NaN and infinities', [NaN, Infinity, -Infinity]],
    ['huge values', [-1e308, 1e308, 1e149, -1e149]],
    ['tiny values', [0, 5e-324]],
    ['values that differ in the last bit', [1, 1 + Number.EPSILON]],
  ])('survives %s', (_, values) => {
    for (const ends of ['tight', 'nice'] as const) {
      const { domain, ticks, format } = linearAxis(values, ends);
      expect(domain.every(Number.isFinite)).toBe(true);
      expect(domain[1]).toBeGreaterThan(domain[0]);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThan(12);
      expect(new Set(ticks.map(format)).size).toBe(ticks.length);
    }
  });
});

describe('logAxis', () => {
  it('runs between powers of ten', () => {
    const axis = logAxis([0, -1, NaN, 2e-6, 0.5]);
    expect(axis.domain).toEqual([1e-6, 1]);
    expect(axis.ticks).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(axis.position(1e-3)).toBeCloseTo(0.5, 12); // one logarithm and one division
  });

  it('has finer ticks in a single decade and coarser ones in many', () => {
    expect(logAxis([2, 7]).ticks).toEqual([1, 2, 5, 10]);
    expect(logAxis([1e-12, 1]).ticks).toHaveLength(7);
  });

  it.each([
    ['no value', []],
    ['one value', [1]],
    ['extremes', [5e-324, 1e-150, 1e150, 1e308]],
  ])('survives %s', (_, values) => {
    const { domain, ticks } = logAxis(values);
    expect(domain[0]).toBeGreaterThan(0);
    expect(domain[1]).toBeGreaterThan(domain[0]);
    expect(ticks.length).toBeLessThan(9);
  });
});

describe('spansTwoDecades', () => {
  it.each([
    [[1, 100], false],
    [[1, 101], true],
    [[0, 0.5, 1], false],
    [[0, 1e-5, 1], true],
    [[-1, 1e-5, 1], false],
    [[1e-9, NaN, Infinity, 2e-9], false],
    [[], false],
  ])('of %j is %s', (values, expected) => expect(spansTwoDecades(values)).toBe(expected));
});
