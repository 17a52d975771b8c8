import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, log, sin } from './elementary.js';

/** Distance in units of the last place of the reference. */
function ulps(value: number, reference: number): number {
  if (Object.is(value, reference)) return 0;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(reference));
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return Math.abs(value - reference) / (view.getFloat64(0) - Math.abs(reference));
}

// The engine's own functions are the reference: within one ulp of the true value in V8, hence the bounds below are one
// above those that the file states.
const options = { seed: 7, numRuns: 20_000 };

describe('elementary functions', () => {
  it('exp is within 2 ulp', () => {
    const range = fc.double({ min: -700, max: 709, noNaN: true });
    fc.assert(
      fc.property(range, (x) => ulps(exp(x), Math.exp(x)) <= 3),
      options,
    );
    expect([exp(0), exp(-0), exp(1000), exp(-1000)]).toEqual([1, 1, Number.POSITIVE_INFINITY, 0]);
  });

  it('log is within 2 ulp', () => {
    const range = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(range, (x) => ulps(log(x), Math.log(x)) <= 3),
      options,
    );
    const nearOne = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(
      fc.property(nearOne, (x) => ulps(log(x), Math.log(x)) <= 3),
      options,
    );
    expect([log(1), log(0), log(Number.POSITIVE_INFINITY)]).toEqual([
      0,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect([log(-1), log(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
    expect(log(Number.MIN_VALUE)).toBeCloseTo(-744.4400719213812, 12);
  });

  it('sin and cos are within 2.5e-16', () => {
    const range = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    const near = (value: number, reference: number) => Math.abs(value - reference) <= 2.5e-16;
    fc.assert(
      fc.property(range, (x) => near(sin(x), Math.sin(x)) && near(cos(x), Math.cos(x))),
      options,
    );
    expect([sin(0), cos(0), sin(Math.PI / 2), cos(Math.PI)]).toEqual([0, 1, 1, -1]);
  });
});
