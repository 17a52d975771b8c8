import { evaluatePolynomial } from '@polyneuron/analysis';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { chebyshevFit, nodePoints } from './chebyshevFit.js';

function fit(f: (...x: number[]) => number, variables: number) {
  const points = nodePoints(variables, 1);
  const values = Float64Array.from({ length: points.length / variables }, (_, at) =>
    f(...points.subarray(at * variables, (at + 1) * variables)),
  );
  return chebyshevFit(values, variables);
}

describe('chebyshevFit', () => {
  it('returns a polynomial of degree 2 as itself', () => {
    const { degree, terms } = fit((x, y) => 3 * x * x - 2 * x * y + y - 0.5, 2);
    expect(degree).toBe(2);
    const at = (i: number, j: number) =>
      terms.find(({ exponents }) => exponents[0] === i && exponents[1] === j)?.coefficient ?? 0;
    // Points are float32, so the values that were fitted are those of points rounded to 2^-24
    expectClose(
      [at(2, 0), at(1, 1), at(0, 1), at(0, 0), at(0, 2), at(1, 0)],
      [3, -2, 1, -0.5, 0, 0],
      tolerances.float32.contraction(33),
    );
  });

  it('takes the degree that a function needs, 8 at most', () => {
    expect(fit((x) => x ** 5, 1).degree).toBe(5);
    expect(fit((x, y, z) => x * y * z, 3).degree).toBe(3);
    expect(fit((x) => Math.abs(x), 1).degree).toBe(8);
    expect(fit(() => 1, 2).degree).toBe(0);
  });

  it('is near the function everywhere, not at the nodes alone', () => {
    const { terms } = fit((x, y) => Math.tanh(2 * x - y), 2);
    const polynomial = { variables: ['x', 'y'], terms };
    for (const [x, y] of [
      [0.3, 0.2],
      [-1, 1],
      [1, 1],
      [0, 0],
      [0.9, -0.95],
    ])
      expect(Math.abs(evaluatePolynomial(polynomial, [x, y]) - Math.tanh(2 * x - y))).toBeLessThan(0.05);
  });
});
