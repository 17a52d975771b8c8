import { describe, expect, it } from 'vitest';
import { expectDegree, expectMultilinear, expectSymmetric } from './laws.js';

describe('expectDegree', () => {
  it.each([0, 1, 2, 3, 5, 8, 13])('accepts x0^%d + x1', (degree) => {
    const f = (x: Float64Array) => [x[0] ** degree + (degree > 0 ? x[1] : 0), 1];
    expectDegree(f, { degree, dimension: 2 });
  });

  it.each([1, 2, 3, 5, 8, 13])(
    'rejects degree %d when it is one less, one more, or no polynomial',
    (degree) => {
      const f = (x: Float64Array) => x[0] ** degree;
      expect(() => expectDegree(f, { degree: degree - 1, dimension: 1 })).toThrow(`above ${degree - 1}`);
      expect(() => expectDegree(f, { degree: degree + 1, dimension: 1 })).toThrow(`below ${degree + 1}`);
      expect(() => expectDegree((x) => Math.tanh(x[0]), { degree, dimension: 1 })).toThrow('above');
    },
  );

  it('says which bound was broken', () => {
    expect(() =>
      expectDegree((x) => [0, x[0] ** 2], { degree: 1, dimension: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[Error: expectDegree: the degree is above 1: the difference of order 2 of output 1 is 2.4124966897154545, more than 4.789918839499659e-11, seed 1]`,
    );
    expect(() => expectDegree((x) => x[0], { degree: 2, dimension: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[Error: expectDegree: the degree is below 2: differences of order 2 vanish (at most 0), seed 1]`,
    );
    expect(() => expectDegree(() => Number.NaN, { degree: 1, dimension: 1 })).toThrow('above 1');
  });
});

describe('expectMultilinear', () => {
  it('accepts a bilinear form', () => {
    expectMultilinear((x, y) => [x[0] * y[1] - x[1] * y[0], x[1] * y[2]], { dimensions: [2, 3] });
  });

  it('rejects a bias and a square', () => {
    expect(() => expectMultilinear((x, y) => x[0] * y[0] + 1, { dimensions: [1, 1] })).toThrow('argument 0');
    expect(() => expectMultilinear((x, y) => x[0] * y[0] ** 2, { dimensions: [1, 1] })).toThrow('argument 1');
  });
});

describe('expectSymmetric', () => {
  it('accepts a symmetric function of three arguments', () => {
    expectSymmetric((x, y, z) => x[0] * y[0] * z[0] + x[1] + y[1] + z[1], { dimension: 2, count: 3 });
  });

  it('rejects one that singles out its last argument', () => {
    expect(() => expectSymmetric((x, y, z) => x[0] * y[0] + z[0], { dimension: 1, count: 3 })).toThrow(
      'arguments 1 and 2',
    );
  });
});
