import { describe, expect, it } from 'vitest';
import { maxErrorOf, whyWrong } from './parity.js';

const expected = { c: { values: Float64Array.of(0, 1, -9) } };

describe('maxErrorOf', () => {
  it('computes the hand-worked example', () => {
    // 0.5 / (1 + 0), 0, 2 / (1 + 9)
    expect(maxErrorOf({ c: [0.5, 1, -7] }, expected)).toBe(0.5);
    expect(maxErrorOf({ c: [0, 1, -7] }, expected)).toBe(0.2);
    expect(maxErrorOf({ c: [0, 1, -9] }, expected)).toBe(0);
  });

  it('divides by the scale of the entry where there is one', () => {
    expect(maxErrorOf({ c: [0, 1, -7] }, { c: { ...expected.c, scale: 0.5 } })).toBe(4);
  });

  it('takes the worst of all entries, and no notice of others', () => {
    const both = { ...expected, d: { values: Float64Array.of(0) } };
    expect(maxErrorOf({ c: [0, 1, -9], d: [3], e: [7] }, both)).toBe(3);
  });

  it.each([
    ['a NaN', [0, Number.NaN, -9]],
    ['an infinity', [Number.POSITIVE_INFINITY, 1, -9]],
    ['too few elements', [0, 1]],
    ['too many elements', [0, 1, -9, 0]],
  ])('is infinite for %s', (_, c) => {
    expect(maxErrorOf({ c }, expected)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is infinite for a missing entry', () => {
    expect(maxErrorOf({}, expected)).toBe(Number.POSITIVE_INFINITY);
  });

  it('lets NaN agree with NaN, an infinity with itself, zero with minus zero', () => {
    const special = Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 0);
    expect(maxErrorOf({ c: [Number.NaN, Number.NEGATIVE_INFINITY, -0] }, { c: { values: special } })).toBe(0);
    expect(maxErrorOf({ c: [1, 1, 0] }, { c: { values: special } })).toBe(Number.POSITIVE_INFINITY);
  });

  it('has no error where nothing is compared', () => {
    expect(maxErrorOf({}, {})).toBe(0);
    expect(maxErrorOf({ c: [] }, { c: { values: new Float64Array(0) } })).toBe(0);
  });
});

describe('whyWrong', () => {
  it('allows the tolerance itself', () => {
    expect(whyWrong(1e-4, { tolerance: 1e-4 })).toBeUndefined();
  });

  it('says how far off a result is', () => {
    expect(whyWrong(0.0123, { tolerance: 1e-4 })).toMatchInlineSnapshot(
      `"not timed: the result is off by 1.23e-2 against the float64 reference, 1.00e-4 is allowed"`,
    );
    expect(whyWrong(Number.POSITIVE_INFINITY, { tolerance: 1e-4 })).toMatchInlineSnapshot(
      `"not timed: the result is off by an infinity or a NaN against the float64 reference, 1.00e-4 is allowed"`,
    );
    expect(whyWrong(Number.NaN, { tolerance: 1e-4 })).toBeDefined();
  });
});
