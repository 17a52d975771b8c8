import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printJavaScript, printLatex, sortTerms, threeDigits } from './formulaTerms.js';

const ring = [
  { coefficient: -14.623, exponents: [2, 0] },
  { coefficient: 0, exponents: [0, 3] },
  { coefficient: 0.0312, exponents: [0, 1] },
  { coefficient: -14.31, exponents: [0, 2] },
  { coefficient: 3.81, exponents: [0, 0] },
  { coefficient: 1.5e-7, exponents: [1, 1] },
];

describe('sortTerms', () => {
  it('goes by degree, marks small ones and leaves zeros out', () => {
    expect(sortTerms(ring).map(({ exponents, isSmall }) => [exponents.join(), isSmall])).toEqual([
      ['0,0', false],
      ['0,1', true],
      ['2,0', false],
      ['1,1', true],
      ['0,2', false],
    ]);
  });
});

describe('printLatex', () => {
  it('has three digits and subscripts', () => {
    expect(printLatex(ring, ['x1', 'x2'])).toMatchInlineSnapshot(
      `"3.81 + 0.0312 x_{2} - 14.6 x_{1}^{2} + 1.5 \\cdot 10^{-7} x_{1} x_{2} - 14.3 x_{2}^{2}"`,
    );
    expect(printLatex([], ['x1'])).toBe('0');
  });
});

describe('printJavaScript', () => {
  it('is a function of the inputs', () => {
    expect(printJavaScript(ring, ['x1', 'x2'])).toMatchInlineSnapshot(
      `"(x1, x2) => 3.81 + 0.0312 * x2 - 14.623 * x1 * x1 + 1.5e-7 * x1 * x2 - 14.31 * x2 * x2"`,
    );
    expect(printJavaScript([], ['x1', 'x2'])).toBe('(x1, x2) => 0');
  });

  it('evaluates to the polynomial', () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 6, maxLength: 6 }), value, value, (coefficients, x1, x2) => {
        const exponents = [
          [0, 0],
          [1, 0],
          [0, 1],
          [2, 0],
          [1, 1],
          [0, 3],
        ];
        const terms = coefficients.map((coefficient, at) => ({ coefficient, exponents: exponents[at] }));
        const copied = new Function(`return ${printJavaScript(terms, ['x1', 'x2'])}`)() as (
          x1: number,
          x2: number,
        ) => number;
        const expected = terms.reduce(
          (sum, term) => sum + term.coefficient * x1 ** term.exponents[0] * x2 ** term.exponents[1],
          0,
        );
        // Six terms of at most 81: a sum of another order differs by a few units of 2^-53 times 300
        expect(Math.abs(copied(x1, x2) - expected)).toBeLessThan(1e-12);
      }),
      { seed: 1 },
    );
  });
});

describe('threeDigits', () => {
  it('stays short', () => {
    expect([0, 3.807, -14.62, 0.00031, 1e-9, 123456, 1.5e7].map(threeDigits)).toEqual([
      '0',
      '3.81',
      '-14.6',
      '0.00031',
      '1e-9',
      '123000',
      '1.5e+7',
    ]);
  });
});
