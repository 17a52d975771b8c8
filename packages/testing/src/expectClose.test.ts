import { describe, expect, it } from 'vitest';
import { expectClose } from './expectClose.js';
import { tolerances } from './tolerances.js';

const { exact } = tolerances.float64;

describe('expectClose', () => {
  it('accepts equal values of any array kind, and a number', () => {
    expectClose([1, 2], Float32Array.of(1, 2), exact);
    expectClose(3, 3, exact);
    expectClose(-0, 0, exact);
    expectClose({ shape: [2], values: [1, 2] }, [1, 2], exact);
    expectClose([], [], exact);
  });

  it('accepts NaN against NaN and an infinity against itself', () => {
    const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expectClose(special, special, exact);
  });

  it('applies rtol and atol together, up to and including the bound', () => {
    const tolerance = { rtol: 0.5, atol: 0.25 };
    expectClose(2 + 1.25, 2, tolerance);
    expect(() => expectClose(2 + 1.2500001, 2, tolerance)).toThrow('1 of 1');
  });

  it.each([
    [Number.NaN, 1],
    [1, Number.NaN],
    [Number.POSITIVE_INFINITY, 1],
    [1, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])('rejects %d against %d under any tolerance', (actual, expected) => {
    expect(() => expectClose([actual], [expected], { rtol: 1e9, atol: 1e9 })).toThrow('1 of 1');
  });

  it('reports the first bad element, the worst one, ulps and sizes', () => {
    const actual = { shape: [2, 2], values: Float32Array.of(1, 1 + 2 ** -23, 3, 9) };
    expect(() =>
      expectClose(actual, { shape: [2, 2], values: [1, 1, 3, 4] }, exact),
    ).toThrowErrorMatchingInlineSnapshot(`
      [Error: expectClose: 2 of 4 elements differ by more than 0 + 0 |expected|
        first bad   [0, 1] actual 1.0000001192092896, expected 1, |Δ| 1.1920928955078125e-7, 1 ulp of float32
        largest |Δ| [1, 1] actual 9, expected 4, |Δ| 5, 9437184 ulp of float32
        sizes       actual Float32Array(4) [2, 2], expected Array(4) [2, 2]]
    `);
  });

  it('rejects other lengths and shapes', () => {
    expect(() => expectClose([1, 2], [1], exact)).toThrowErrorMatchingInlineSnapshot(
      `[Error: expectClose: shapes differ: actual Array(2), expected Array(1)]`,
    );
    expect(() =>
      expectClose({ shape: [1, 2], values: [1, 2] }, { shape: [2, 1], values: [1, 2] }, exact),
    ).toThrowErrorMatchingInlineSnapshot(
      `[Error: expectClose: shapes differ: actual Array(2) [1, 2], expected Array(2) [2, 1]]`,
    );
  });
});
