import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { powerVariance, shiftedMoment, varianceForUnitPower } from './polynomialVariance.js';

const bound = tolerances.float64.gradient;

describe('shiftedMoment', () => {
  it('is the expectation written out: E (s + c)^4 = c⁴ + 6 c² σ² + 3 σ⁴', () => {
    expectClose(shiftedMoment(4, 2, 0.5), 16 + 6 * 4 * 0.5 + 3 * 0.25, bound);
    expect(shiftedMoment(0, 3, 1)).toBe(1);
    expect(shiftedMoment(3, 0, 1)).toBe(0);
  });
});

describe('varianceForUnitPower', () => {
  it('solves 2 σ⁴ + 4 c² σ² = 1 for squares', () => {
    expectClose(varianceForUnitPower(2, 1), (Math.sqrt(24) - 4) / 4, bound);
    expectClose(varianceForUnitPower(2, 0), Math.SQRT1_2, bound);
  });

  it('is 1 for the identity, and 15 σ⁶ = 1 for the cube', () => {
    expectClose(varianceForUnitPower(1, 5), 1, bound);
    expectClose(varianceForUnitPower(3, 0), 15 ** (-1 / 3), bound);
  });

  it.each([1, 2, 3, 5, 8])('makes the variance 1 for degree %d', (degree) => {
    for (const offset of [0, 0.3, 1, 4])
      expectClose(powerVariance(degree, offset, varianceForUnitPower(degree, offset)), 1, bound);
  });
});
