import { tolerances } from '@polyneuron/testing';
import { getKernel, grads, matMul, profile, sum, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { installTfjsKernels } from '../installTfjsKernels.js';
import { expectSameOnBoth } from '../testing/expectSameOnBoth.js';
import { normalTensor, useBackend } from '../testing/tfjsBackends.js';

const { contraction } = tolerances.float32;

/** Rows, depth, columns. */
const sizes: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1, 5, 3],
  [3, 1, 4],
  [4, 8, 8],
  [5, 7, 9],
  [17, 64, 65],
  [64, 33, 2],
  [3, 0, 4],
  [0, 3, 4],
];

const transposes = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

/** Batch axes of either operand. */
const batches: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[], []],
  [[1], [1]],
  [[3], [3]],
  [[1], [4]],
  [[4], []],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 1],
    [1, 3],
  ],
  [
    [2, 1, 3],
    [4, 1],
  ],
];

const operand = (batch: readonly number[], rows: number, columns: number, isTransposed: boolean) =>
  normalTensor([...batch, ...(isTransposed ? [columns, rows] : [rows, columns])]);

describe('BatchMatMul on wasm', () => {
  beforeAll(installTfjsKernels);

  it.each(batches)('multiplies batches %j by %j as cpu does, transposed or not', async (left, right) => {
    for (const [m, n, p] of sizes) {
      for (const [transposeA, transposeB] of transposes) {
        await expectSameOnBoth(
          () =>
            matMul(operand(left, m, n, transposeA), operand(right, n, p, transposeB), transposeA, transposeB),
          contraction(Math.max(1, n)),
        );
      }
    }
  });

  it('differentiates a product with equal batch axes as cpu does', async () => {
    for (const at of [0, 1]) {
      const gradient = () =>
        grads((a: Tensor, b: Tensor) => sum(matMul(a, b)))([
          normalTensor([2, 5, 7]),
          normalTensor([2, 7, 9]),
        ])[at];
      await expectSameOnBoth(gradient, contraction(9));
    }
  });

  it('keeps NaN and infinity', async () => {
    const a = () => tensor([Number.NaN, 1, Number.POSITIVE_INFINITY, 2, 3, 4], [2, 3]);
    await expectSameOnBoth(() => matMul(a(), a(), false, true), contraction(3));
  });

  it('leaves single products without transposes to the stock kernel', async () => {
    await useBackend('wasm');
    const { kernelNames } = await profile(() => matMul(zeros([2, 3]), zeros([3, 4])));
    expect(kernelNames).toContain('BatchMatMul');
  });

  it('rejects what cannot be multiplied', async () => {
    await useBackend('wasm');
    expect(() => matMul(zeros([2, 3]), zeros([4, 5]), true)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: matMul expected equal extents of the axes that are summed, got 2 and 4.

        a   [2,3] transposed
        b   [4,5]

      Fix: transpose one of the operands, or check their order]
    `);
    // The stock kernel's own message, for dtypes that it alone handles
    expect(() => matMul(zeros([2, 3], 'int32'), zeros([3, 5], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[Error: BatchMatMul for non non-float32 tensors not yet supported.]`,
    );
    expect(getKernel('BatchMatMul', 'wasm')).toBeDefined();
  });
});
