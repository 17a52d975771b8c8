import { describe, expect, it } from 'vitest';
import { createNode, input } from './build/create.js';
import { inferSpec, windowCount } from './shapeRules.js';
import type { DType, Shape } from './types.js';

const f = (...shape: number[]) => ({ shape, dtype: 'float32' as const });
const i = (...shape: number[]) => ({ shape, dtype: 'int32' as const });
const b = (...shape: number[]) => ({ shape, dtype: 'bool' as const });
const unit = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
} as const;

describe('inferSpec', () => {
  it.each<[string, () => { shape: Shape; dtype: DType }, Shape, DType]>([
    [
      'gather replaces the axis by the indices',
      () => inferSpec('gather', [f(5, 7), i(2, 3)], { axis: 1 }),
      [5, 2, 3],
      'float32',
    ],
    [
      'scatterAdd is its adjoint',
      () => inferSpec('scatterAdd', [f(5, 2, 3), i(2, 3)], { axis: 1, size: 7 }),
      [5, 7],
      'float32',
    ],
    [
      'patches',
      () => inferSpec('patches', [f(2, 5, 6, 3)], { window: [3, 2], ...unit }),
      [2, 3, 5, 3, 2, 3],
      'float32',
    ],
    [
      'fold',
      () => inferSpec('fold', [f(2, 3, 5, 3, 2, 3)], { window: [3, 2], size: [5, 6], ...unit }),
      [2, 5, 6, 3],
      'float32',
    ],
    ['comparison', () => inferSpec('less', [i(4), i(4)], {}), [4], 'bool'],
    ['concat', () => inferSpec('concat', [f(2, 0), f(2, 3)], { axis: 1 }), [2, 3], 'float32'],
    ['scalar reduction', () => inferSpec('sum', [i(2, 3)], { axes: [0, 1] }), [], 'int32'],
  ])('%s', (_, infer, shape, dtype) => {
    expect(infer()).toEqual({ shape, dtype });
  });

  it.each<[string, () => unknown]>([
    ['unequal shapes', () => inferSpec('add', [f(2), f(3)], {})],
    ['mixed dtypes', () => inferSpec('mul', [f(2), i(2)], {})],
    ['a transcendental of integers', () => inferSpec('exp', [i(2)], {})],
    ['a number of operands', () => inferSpec('add', [f(2)], {})],
    ['a numeric condition', () => inferSpec('select', [f(2), f(2), f(2)], {})],
    ['a condition of another shape', () => inferSpec('select', [b(1), f(2), f(2)], {})],
    ['axes out of order', () => inferSpec('sum', [f(2, 3)], { axes: [1, 0] })],
    ['a reshape that loses elements', () => inferSpec('reshape', [f(2, 3)], { shape: [5] })],
    ['a broadcast that shrinks', () => inferSpec('broadcast', [f(3)], { shape: [2] })],
    ['a transpose that repeats', () => inferSpec('transpose', [f(2, 3)], { permutation: [0, 0] })],
    ['a slice past the end', () => inferSpec('slice', [f(4)], { begin: [2], size: [3] })],
    ['a negative pad', () => inferSpec('pad', [f(4)], { before: [-1], after: [0], value: 0 })],
    ['a concat of nothing', () => inferSpec('concat', [], { axis: 0 })],
    ['a ragged concat', () => inferSpec('concat', [f(2, 3), f(3, 3)], { axis: 1 })],
    ['an einsum label in one operand only', () => inferSpec('einsum', [f(2, 3), f(4)], { spec: 'ij,k->ik' })],
    ['an einsum of integers', () => inferSpec('einsum', [i(2), i(2)], { spec: 'i,i->' })],
    ['float indices', () => inferSpec('gather', [f(5), f(2)], { axis: 0 })],
    ['updates that do not match', () => inferSpec('scatterAdd', [f(5, 2), i(3)], { axis: 1, size: 7 })],
    ['patches of a matrix', () => inferSpec('patches', [f(5, 5)], { window: [3, 3], ...unit })],
    [
      'fold of other windows',
      () => inferSpec('fold', [f(1, 2, 2, 3, 3, 1)], { window: [3, 3], size: [5, 5], ...unit }),
    ],
    ['a key of the wrong shape', () => inferSpec('random', [i(3)], { shape: [4] })],
    ['a fractional extent', () => input('x', f(2.5))],
    ['an unknown dtype', () => input('x', { shape: [2], dtype: 'float64' as never })],
    [
      'a literal of the wrong size',
      () => createNode('constant', [], { values: [1, 2], shape: [3], dtype: 'float32' }),
    ],
  ])('rejects %s', (_, infer) => {
    expect(infer).toThrowErrorMatchingSnapshot();
  });
});

describe('windowCount', () => {
  it.each([
    [5, 3, 1, 1, [0, 0], 3],
    [5, 3, 2, 1, [1, 1], 3],
    [5, 3, 1, 2, [0, 0], 1],
    [2, 3, 1, 1, [0, 0], 0],
    [0, 1, 1, 1, [0, 0], 0],
  ] as const)(
    'extent %i, window %i, stride %i, dilation %i, padding %j: %i',
    (extent, window, stride, dilation, padding, count) => {
      expect(windowCount(extent, window, stride, dilation, padding)).toBe(count);
    },
  );
});
