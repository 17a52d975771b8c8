import { describe, expect, it } from 'vitest';
import { evaluatePolynomial, type Polynomial, polynomialDegree, printPolynomial } from '../index.js';

const polynomial: Polynomial = {
  variables: ['x0', 'x1'],
  terms: [
    { coefficient: 0.9999, exponents: [2, 1] },
    { coefficient: -1, exponents: [1, 1] },
    { coefficient: -0.5, exponents: [0, 1] },
    { coefficient: 1e-9, exponents: [0, 1] },
    { coefficient: -1, exponents: [0, 0] },
  ],
};
const zero: Polynomial = { variables: [], terms: [] };

describe('printPolynomial', () => {
  it('leaves out coefficients that round to 1, powers of 1 and terms within the tolerance', () => {
    expect(printPolynomial(polynomial, { tolerance: 1e-6 })).toBe('0.9999 x0^2 x1 - x0 x1 - 0.5 x1 - 1');
    expect(printPolynomial(polynomial, { tolerance: 0.6, digits: 3, variables: ['a', 'b'] })).toBe(
      'a^2 b - a b - 1',
    );
    expect(printPolynomial(polynomial, { digits: 17 })).toContain('1e-9 x1');
  });

  it('writes a leading minus, and 0 for nothing', () => {
    expect(printPolynomial({ variables: ['t'], terms: [{ coefficient: -2, exponents: [3] }] })).toBe(
      '-2 t^3',
    );
    expect([printPolynomial(zero), printPolynomial(polynomial, { tolerance: 2 })]).toEqual(['0', '0']);
  });

  it('refuses names and digits that do not fit', () => {
    expect(() => printPolynomial(polynomial, { variables: ['a'] })).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: printPolynomial expected 2 names, one per variable, got 1.

      Fix: leave variables out, or name every one]
    `);
    expect(() => printPolynomial(polynomial, { digits: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: printPolynomial expected digits to be a whole number from 1 to 17, got 0.

      Fix: leave it out for the default]
    `);
    expect(() => printPolynomial(polynomial, { tolerance: -1 })).toThrow(
      'tolerance to be a finite number of at least 0',
    );
  });
});

describe('evaluatePolynomial', () => {
  it('computes the hand-worked value', () => {
    // 0.9999·4·3 - 2·3 - 0.5·3 + 1e-9·3 - 1
    expect(evaluatePolynomial(polynomial, [2, 3])).toBeCloseTo(3.4988, 8);
    expect(evaluatePolynomial(polynomial, [0, 0])).toBe(-1);
    expect([evaluatePolynomial(zero, []), polynomialDegree(zero), polynomialDegree(polynomial)]).toEqual([
      0, 0, 3,
    ]);
  });

  it('wants one value per variable', () => {
    expect(() => evaluatePolynomial(polynomial, [1])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: evaluatePolynomial expected 2 values, one per variable, got 1.

      Fix: pass the values in the order of polynomial.variables]
    `);
  });
});
