import { describe, expect, it } from 'vitest';
import { writeMonomial, writePolynomial } from './polynomialText.js';

describe('writeMonomial', () => {
  it.each([
    [['x0', 'x12'], [2, 1], 'x₀²·x₁₂'],
    [['x', 'rooms', 'rooms2'], [1, 10, 1], 'x·rooms¹⁰·rooms2'],
    [['x'], [0], '1'],
    [[], [], '1'],
  ])('writes %j to the %j', (variables, exponents, text) => {
    expect(writeMonomial(variables, exponents)).toBe(text);
  });
});

describe('writePolynomial', () => {
  const write = (...coefficients: number[]) =>
    writePolynomial(
      ['x'],
      coefficients.map((coefficient, at) => ({ coefficient, exponents: [coefficients.length - 1 - at] })),
    );

  it('leaves out a coefficient that reads 1, but not a constant', () => {
    expect(write(1.00001, -1, 1)).toBe('x² − x + 1');
  });

  it('writes signs and sizes', () => {
    expect(write(-2, 0.5, -12345)).toBe('−2\u202fx² + 0.5000\u202fx − 1.235e4');
    expect(write()).toBe('0');
  });
});
