import { describe, expect, it } from 'vitest';
import { interpretNodes } from '../interpret/interpret.js';
import type { Node } from '../types.js';
import { einsum, matMul } from './contract.js';
import { broadcastTo, constant, input, iota, reshape } from './create.js';
import { add, cast, greater, less, mul, notEqual, select, sub } from './elementwise.js';
import { oneHot } from './indexing.js';
import { concat, expandDims, flatten, reverse, slice, sliceAxis, squeeze, stack, transpose } from './move.js';
import { argMax, cumsum, mean, reduceMin, sum } from './reduce.js';

const values = (node: Node) => Array.from(interpretNodes([node])[0]);
const matrix = constant([1, 2, 3, 4, 5, 6], [2, 3]);

describe('builders', () => {
  it('broadcast under the rule of NumPy, numbers included', () => {
    expect(values(add(matrix, constant([10, 20, 30], [3])))).toEqual([11, 22, 33, 14, 25, 36]);
    expect(values(sub(1, constant([1, 2], [2])))).toEqual([0, -1]);
    expect(add(constant([1, 2], [2, 1]), constant([1, 2, 3], [3])).shape).toEqual([2, 3]);
    expect(() => add(matrix, constant([1, 2], [2]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: add expected operands whose extents are equal or 1 when aligned at the last axis, got [2, 3] and [2].

      Fix: reshape one operand, or transpose it so that the shared axes line up]
    `);
  });

  it('give a number the dtype of the other operand', () => {
    const index = iota([3], 0);
    expect(mul(index, 2).dtype).toBe('int32');
    expect(less(index, 2).dtype).toBe('bool');
    expect(() => add(index, constant([1, 2, 3], [3]))).toThrowErrorMatchingInlineSnapshot(`
      [DTypeError: add expected operands of one dtype, got int32[3], float32[3].

      Fix: cast one operand to the dtype of the other]
    `);
  });

  it('leave alone what is already right', () => {
    expect(reshape(matrix, [2, 3])).toBe(matrix);
    expect(broadcastTo(matrix, [2, 3])).toBe(matrix);
    expect(transpose(matrix, [0, 1])).toBe(matrix);
    expect(cast(matrix, 'float32')).toBe(matrix);
    expect(sum(matrix, [])).toBe(matrix);
  });

  it('resolve -1 and negative axes', () => {
    expect(reshape(matrix, [-1]).shape).toEqual([6]);
    expect(values(sum(matrix, -1))).toEqual([6, 15]);
    expect(values(slice(matrix, [0, 1], [1, -1]))).toEqual([2, 3]);
    expect(sum(matrix, 0, { keepDims: true }).shape).toEqual([1, 3]);
    expect(() => sum(matrix, 2)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: sum expected distinct axes from -2 to 1 of an operand of rank 2, got 2.

      Fix: name each axis once, counting from 0 or from -1 backwards]
    `);
    expect(() => sum(matrix, [0, -2])).toThrow(/distinct axes/);
  });

  it('reduce', () => {
    expect(values(mean(matrix))).toEqual([3.5]);
    expect(values(reduceMin(matrix, 0))).toEqual([1, 2, 3]);
    expect(values(argMax(constant([3, 1, 3, 0, 2, 2], [2, 3])))).toEqual([0, 1]);
    expect(values(cumsum(matrix, 1, { exclusive: true, reverse: true }))).toEqual([5, 3, 0, 11, 6, 0]);
    expect(values(mean(constant([], [0, 2])))).toEqual([Number.NaN]);
  });

  it('move', () => {
    expect(values(transpose(matrix))).toEqual([1, 4, 2, 5, 3, 6]);
    expect(values(reverse(matrix, 1))).toEqual([3, 2, 1, 6, 5, 4]);
    expect(values(stack([constant(1), constant(2)]))).toEqual([1, 2]);
    expect(concat([matrix, matrix], 0).shape).toEqual([4, 3]);
    expect(squeeze(expandDims(matrix, 1), 1).shape).toEqual([2, 3]);
    expect(flatten(constant(0, [0, 2, 3])).shape).toEqual([0, 6]);
    expect(values(sliceAxis(matrix, -1, 2, 1))).toEqual([3, 6]);
  });

  it('compare and choose', () => {
    expect(values(select(greater(matrix, 3), matrix, 0))).toEqual([0, 0, 0, 4, 5, 6]);
    expect(values(notEqual(matrix, 1))).toEqual([0, 1, 1, 1, 1, 1]);
    expect(values(oneHot(constant([2, 0], [2], 'int32'), 3))).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it('einsum sums labels that one operand alone has', () => {
    expect(values(einsum('ij,k->i', matrix, constant([1, 1], [2])))).toEqual([12, 30]);
    expect(values(matMul(matrix, constant([1, 1, 1], [3, 1])))).toEqual([6, 15]);
  });

  it('make immutable nodes', () => {
    expect(Object.isFrozen(input('x', { shape: [1], dtype: 'float32' }))).toBe(true);
  });
});
