import { add, constant, input, mul, square, state, sum, tanh } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { graphPolynomials, printPolynomial } from '../index.js';

const x = input('x', { shape: [2], dtype: 'float32' });
const weight = state('weight', { shape: [2], dtype: 'float32' });

describe('graphPolynomials', () => {
  it('reads a graph of its own: w_0 a² + w_1 b² + 1 and a b', () => {
    const form = add(sum(mul(weight, square(x))), 1);
    const product = mul(sum(mul(x, constant([1, 0], [2]))), sum(mul(x, constant([0, 1], [2]))));
    const polynomials = graphPolynomials([form, product], {
      variables: [x],
      names: ['a', 'b'],
      state: { weight: [2, -3] },
    });
    expect(polynomials.map((one) => printPolynomial(one))).toEqual(['2 a^2 - 3 b^2 + 1', 'a b']);
  });

  it('names the node that is no polynomial', () => {
    expect(() =>
      graphPolynomials([tanh(square(x))], { variables: [x], names: ['a', 'b'] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [NotPolynomialError: toPolynomial expected a model whose every step keeps polynomials polynomials, got tanh of a polynomial of degree 2.

        node    tanh : float32[2]
        layer   none

      Fix: give the layer a linear activation, or read the layers before it one by one: toPolynomial(model.layers[0])]
    `);
  });

  it('says which limit a graph passes', () => {
    expect(() =>
      graphPolynomials([square(square(x))], { variables: [x], names: ['a', 'b'], maxDegree: 3 }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [PolynomialSizeError: toPolynomial expected a degree of at most 3 (maxDegree), got more.

        node    mul : float32[2]
        layer   none

      Fix: raise maxDegree, or read fewer layers: a stack multiplies the degrees of its layers]
    `);
  });

  it('rejects names that do not fit', () => {
    expect(() =>
      graphPolynomials([square(x)], { variables: [x], names: ['a'] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: graphPolynomials expected one name for each of the 2 elements of the variables, got 1.

      Fix: name them row by row, all variables in order]
    `);
  });
});
