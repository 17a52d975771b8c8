import { describe, expect, it } from 'vitest';
import { logAxis, printDecade } from './logAxis.js';

describe('logAxis', () => {
  it('runs over whole decades', () => {
    const axis = logAxis([0.5, 30], 0, 300);
    expect(axis.decades).toEqual([-1, 0, 1, 2]);
    expect([0.1, 1, 10, 100].map((value) => axis.place(value))).toEqual([0, 100, 200, 300]);
  });

  it('has a decade even for one value or none, and runs downwards as well', () => {
    expect(logAxis([1], 0, 10).decades).toEqual([0, 1]);
    expect(logAxis([], 0, 10).decades).toEqual([0, 1]);
    expect(logAxis([0, -1, Number.NaN, 5], 100, 0).place(10)).toBe(0);
  });
});

it('writes decades', () => {
  expect([-6, -3, 0, 3, 6].map(printDecade)).toEqual(['10⁻⁶', '0.001', '1', '1000', '10⁶']);
});
