import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal } from './literals.js';

describe('literal', () => {
  it('writes what a dtype stores', () => {
    expect([1, -0.5, 0.1, 1e30, 2 ** -149, -0].map((value) => literal(value, 'float32'))).toEqual([
      '1.0f',
      '(-0.5f)',
      '0.1f',
      '1e+30f',
      '1e-45f',
      '(-0.0f)',
    ]);
    expect([7, -7, 2 ** 31, -(2 ** 31)].map((value) => literal(value, 'int32'))).toEqual([
      '7',
      '(-7)',
      '(-2147483647 - 1)',
      '(-2147483647 - 1)',
    ]);
    expect([0, 5].map((value) => literal(value, 'bool'))).toEqual(['0', '1']);
  });

  it('writes what has no decimal by its bits', () => {
    expect([Number.NaN, Infinity, -1e39].map((value) => literal(value, 'float32'))).toEqual([
      '__int_as_float(0x7fc00000)',
      '__int_as_float(0x7f800000)',
      '__int_as_float(0xff800000)',
    ]);
  });

  it('reads back as the same float32', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(Number(literal(value, 'float32').replace(/[()f]/g, '')))).toBe(value);
      }),
      { seed: 20261122 },
    );
  });
});
