import { describe, expect, it } from 'vitest';
import { logAxis, printDecade, tightLogAxis } from './logAxis.js';

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

describe('tightLogAxis', () => {
  it('leaves out what is empty, and marks the powers of ten inside', () => {
    const axis = tightLogAxis([8, 1024], 0, 100);
    expect(axis.decades).toEqual([1, 2, 3]);
    expect([axis.place(8) > 0, axis.place(8) < 10, axis.place(1024) > 90, axis.place(1024) < 100]).toEqual(
      new Array(4).fill(true),
    );
  });

  it('keeps whole decades where less than two powers of ten lie inside', () => {
    expect(tightLogAxis([20, 50], 0, 100).decades).toEqual([1, 2]);
    expect(tightLogAxis([], 0, 100).decades).toEqual([0, 1]);
  });
});

it('writes decades', () => {
  expect([-6, -3, 0, 3, 6].map(printDecade)).toEqual(['10⁻⁶', '0.001', '1', '1000', '10⁶']);
});
