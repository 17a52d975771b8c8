import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../testing/sha256.js';
import { polynomialSurface } from './polynomialSurface.js';

describe('polynomialSurface', () => {
  it('gives the same bytes on every platform', () => {
    expect(fingerprint(polynomialSurface())).toMatchInlineSnapshot(`"0de3e03f7c04f26b"`);
  });

  it('lists every monomial once, by rising degree', () => {
    const { terms } = polynomialSurface({ dims: 2, degree: 2, count: 1 });
    expect(terms.map(({ exponents }) => exponents)).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [2, 0],
      [1, 1],
      [0, 2],
    ]);
  });

  it('equals its terms, whose coefficients have norm one', () => {
    const inputs = [fc.nat(), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 })] as const;
    fc.assert(
      fc.property(...inputs, (seed, dims, degree) => {
        const { x, y, terms } = polynomialSurface({ seed, dims, degree, count: 5 });
        const norm = terms.reduce((sum, { coefficient }) => sum + coefficient ** 2, 0);
        for (let i = 0; i < 5; i++) {
          const monomial = (exponents: readonly number[]) =>
            exponents.reduce((product, power, j) => product * x[i * dims + j] ** power, 1);
          const value = terms.reduce((sum, term) => sum + term.coefficient * monomial(term.exponents), 0);
          if (Math.abs(value - y[i]) > 1e-6) return false;
        }
        return Math.abs(norm - 1) < 1e-12;
      }),
      { seed: 4 },
    );
  });

  it('rejects more monomials than it makes', () => {
    expect(() => polynomialSurface({ dims: 50, degree: 6 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: polynomialSurface expected at most 20000 monomials, got 32468436 for dims 50 and degree 6.

      Fix: lower dims or degree: there are C(dims + degree, degree) monomials]
    `);
    expect(() => polynomialSurface({ degree: 2.5 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: polynomialSurface expected degree to be an integer from 0 to 12, got 2.5.

      Fix: degree is the total degree; its default is 3]
    `);
  });
});
