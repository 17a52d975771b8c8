import { expectClose, tolerances } from '@polyneuron/testing';
import { type Tensor1D, tensor1d, tensor2d, unsortedSegmentSum, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { installTfjsKernels } from '../installTfjsKernels.js';
import { expectSameOnBoth } from '../testing/expectSameOnBoth.js';
import { normalTensor, resultOn, useBackend } from '../testing/tfjsBackends.js';

const { contraction, exact } = tolerances.float32;

const cases: readonly { readonly shape: number[]; readonly ids: number[]; readonly count: number }[] = [
  { shape: [4], ids: [1, 0, 1, 2], count: 3 },
  { shape: [5, 3], ids: [2, 2, 2, 2, 2], count: 4 },
  { shape: [1, 7], ids: [0], count: 1 },
  { shape: [6, 2, 5], ids: [5, 0, 5, 3, 0, 1], count: 6 },
  { shape: [3, 4], ids: [-1, 1, 7], count: 2 },
  { shape: [9, 8], ids: [0, 1, 0, 1, 0, 1, 0, 1, 0], count: 2 },
];

describe('UnsortedSegmentSum on wasm', () => {
  beforeAll(installTfjsKernels);

  it('gives what cpu gives, ids outside the range included', async () => {
    for (const { shape, ids, count } of cases)
      await expectSameOnBoth(
        () => unsortedSegmentSum(normalTensor(shape), tensor1d(ids, 'int32'), count),
        contraction(shape[0]),
      );
  });

  it('adds integers exactly and keeps their dtype', async () => {
    const { values, dtype } = await resultOn('wasm', () =>
      unsortedSegmentSum(
        tensor2d(
          [
            [16777217, 1],
            [2, 3],
            [16777217, 5],
          ],
          [3, 2],
          'int32',
        ),
        tensor1d([1, 0, 1], 'int32'),
        2,
      ),
    );
    expect(dtype).toBe('int32');
    expectClose(values, [2, 3, 33554434, 6], exact);
  });

  it('counts truth values', async () => {
    const { values, dtype } = await resultOn('wasm', () =>
      unsortedSegmentSum(tensor1d([true, true, false], 'bool'), tensor1d([1, 1, 0], 'int32'), 2),
    );
    expect(dtype).toBe('int32');
    expectClose(values, [0, 2], exact);
  });

  it('gives nothing for no segments, and zeros for no rows', async () => {
    const none = await resultOn('wasm', () =>
      unsortedSegmentSum(zeros([3, 2]), tensor1d([0, 1, 2], 'int32'), 0),
    );
    expect(none.shape).toEqual([0, 2]);
    const empty = await resultOn('wasm', () => unsortedSegmentSum(zeros([0, 2]), tensor1d([], 'int32'), 2));
    expectClose(empty, { shape: [2, 2], values: [0, 0, 0, 0] }, exact);
  });

  it('rejects segment ids that are not one per row', async () => {
    await useBackend('wasm');
    const ids = zeros([2, 2], 'int32') as unknown as Tensor1D;
    expect(() => unsortedSegmentSum(zeros([2, 2]), ids, 2)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: unsortedSegmentSum expected one segment id per row of x, got segmentIds [2, 2] for x [2, 2].

      Fix: reshape segmentIds to one axis, and x so that its first axis has as many rows]
    `);
  });
});
