import { add, gather, input, mul, programOf, state } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { compulsoryBytes } from './compulsoryBytes.js';

const x = input('x', { shape: [2, 3], dtype: 'float32' });
const table = state('table', { shape: [100, 3], dtype: 'float32' });
const rows = input('rows', { shape: [2], dtype: 'int32' });

describe('compulsoryBytes', () => {
  it('counts what is read once and what is written once', () => {
    // x is read once however often it is used: 24 bytes, and 24 of y
    expect(compulsoryBytes(programOf('square', { y: mul(x, x) }))).toBe(48);
  });

  it('counts the gathered rows of a table, and the whole of one that is read otherwise too', () => {
    const y = gather(table, rows);
    // 2 indices, 2 rows of 3, and as many of y
    expect(compulsoryBytes(programOf('rows', { y }))).toBe(8 + 24 + 24);
    const both = programOf('both', { y, all: add(table, 1) });
    expect(compulsoryBytes(both)).toBe(8 + 1200 + 24 + 1200);
  });

  it('leaves out what nothing reads', () => {
    const program = programOf('double', { y: mul(x, 2) });
    const unused = { shape: [1000], dtype: 'float32' } as const;
    expect(compulsoryBytes({ ...program, inputs: { ...program.inputs, unused } })).toBe(48);
  });
});
