import {
  and,
  cast,
  constant,
  type DType,
  defineProgram,
  formatShape,
  less,
  lessEqual,
  reshape,
  ShapeError,
  scatterAdd,
  select,
} from '@polyneuron/graph';
import { UnsortedSegmentSum, type UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import type { KernelProgram } from './kernelCall.js';

/**
 * Sums of the rows of x that share a segment; rows whose segment is not in [0, numSegments) are left out, and rows of a
 * segment are added in their order.
 *
 * y[s, ...] = Σ_{i: segmentIds[i] = s} x[i, ...]
 *
 * Shapes   x [N, ...], segmentIds int32 [N] → [numSegments, ...], of the dtype of x; int32 for bool
 * Throws   ShapeError unless segmentIds has one axis, as long as the first of x
 */
export const unsortedSegmentSum: KernelProgram<UnsortedSegmentSumAttrs> = {
  kernelName: UnsortedSegmentSum,
  build: ({ x, segmentIds }, { numSegments }) => {
    if (segmentIds.shape.length !== 1 || segmentIds.shape[0] !== x.shape[0]) {
      throw new ShapeError({
        subject: 'unsortedSegmentSum',
        expected: 'one segment id per row of x',
        received: `segmentIds ${formatShape(segmentIds.shape)} for x ${formatShape(x.shape)}`,
        fix: 'reshape segmentIds to one axis, and x so that its first axis has as many rows',
      });
    }
    const { shape } = x;
    const dtype = x.dtype as DType;
    return defineProgram({
      name: UnsortedSegmentSum,
      inputs: { x: { shape, dtype }, segmentIds: { shape: segmentIds.shape, dtype: 'int32' } },
      build: ({ inputs }) => {
        const rows = dtype === 'bool' ? cast(inputs.x, 'int32') : inputs.x;
        if (numSegments === 0) return { outputs: { y: constant(0, [0, ...shape.slice(1)], rows.dtype) } };
        const ids = inputs.segmentIds;
        const isInside = and(lessEqual(0, ids), less(ids, numSegments));
        const isKept = reshape(isInside, [shape[0], ...shape.slice(1).map(() => 1)]);
        const kept = select(isKept, rows, 0);
        return { outputs: { y: scatterAdd(kept, select(isInside, ids, 0), numSegments) } };
      },
    });
  },
};
