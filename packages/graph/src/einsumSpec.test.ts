import { describe, expect, it } from 'vitest';
import { einsumExtents, einsumRoles, formatEinsum, parseEinsum } from './einsumSpec.js';

describe('parseEinsum', () => {
  it('reads both operands and the output', () => {
    expect(parseEinsum(' bi, io -> bo ')).toEqual({
      left: ['b', 'i'],
      right: ['i', 'o'],
      output: ['b', 'o'],
    });
    expect(formatEinsum(parseEinsum(',->'))).toBe(',->');
  });

  it.each(['ij', 'ij,jk', 'ij->ji', 'i1,1k->ik', 'ij,jk,kl->il'])('rejects %s', (spec) => {
    expect(() => parseEinsum(spec)).toThrow(/one letter per axis/);
  });

  it('rejects a repeated label and an orphan, with the fix', () => {
    expect(() => parseEinsum('ii,ij->j')).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: einsum 'ii,ij->j' expected each label once in the left term, got 'i' twice.

      Fix: diagonals are not part of einsum: gather them first]
    `);
    expect(() => parseEinsum('ij,jk->iz')).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: einsum 'ij,jk->iz' expected output labels that an operand has, got 'z'.

      Fix: broadcast the result instead]
    `);
    expect(() => parseEinsum('ij')).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: einsum expected two operands and an output, one letter per axis, as in 'ij,jk->ik', got 'ij'.

      Fix: write the output term out; use several einsums for more operands]
    `);
  });
});

describe('einsumExtents', () => {
  it('rejects ranks and extents that disagree', () => {
    const spec = parseEinsum('bi,io->bo');
    expect(() => einsumExtents(spec, [2, 3], [4, 5])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: einsum 'bi,io->bo' expected equal extents of label 'i', got 3 and 4.

        left    [2, 3]
        right   [4, 5]

      Fix: check the order of axes of both operands]
    `);
    expect(() => einsumExtents(spec, [2, 3, 1], [3, 5])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: einsum 'bi,io->bo' expected an operand of rank 2 for 'bi', got [2, 3, 1].

        left    [2, 3, 1]
        right   [3, 5]

      Fix: give each axis one letter]
    `);
  });
});

describe('einsumRoles', () => {
  it('sorts labels as a batched matrix product does', () => {
    expect(einsumRoles(parseEinsum('bij,bjk->bik'))).toEqual({
      batch: ['b'],
      rows: ['i'],
      columns: ['k'],
      depth: ['j'],
    });
  });
});
