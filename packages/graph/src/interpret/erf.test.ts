import { expectClose, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { erf } from './erf.js';

interface ErfCase {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

describe('erf', () => {
  it.each(vectors<ErfCase>('erf'))('matches $name', ({ x, y }) => {
    expectClose(x.map(erf), y, tolerances.float64.transcendental);
  });

  it('is odd, saturates, and passes NaN and infinities', () => {
    expect(erf(-0.5)).toBe(-erf(0.5));
    expect([erf(0), erf(30), erf(Number.POSITIVE_INFINITY), erf(Number.NEGATIVE_INFINITY)]).toEqual([
      0, 1, 1, -1,
    ]);
    expect(erf(Number.NaN)).toBeNaN();
  });
});
