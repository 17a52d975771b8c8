import { expectClose, tolerances } from '@polyneuron/testing';
import {
  grads,
  type KernelFunc,
  matMul,
  type NamedAttrMap,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { installTfjsKernels } from '../installTfjsKernels.js';
import { expectSameOnBoth } from '../testing/expectSameOnBoth.js';
import { normalTensor, resultOn, useBackend, wasmBackend } from '../testing/tfjsBackends.js';
import { batchMatMulOver } from './batchMatMul.js';

const { contraction, exact } = tolerances.float32;

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
    [1, 1],
    [2, 3],
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

  it('stretches both batches at once, which cpu does not', async () => {
    const actual = await resultOn('wasm', () =>
      matMul(tensor([1, 2, 3, 4], [2, 1, 1, 2]), tensor([1, 10, 2, 20, 3, 30], [1, 3, 2, 1])),
    );
    // [1, 2] and [3, 4] times the columns [1, 10], [2, 20], [3, 30]
    expectClose(actual, { shape: [2, 3, 1, 1], values: [21, 42, 63, 43, 86, 129] }, exact);
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

  it('leaves to the stock kernel what XNNPACK does faster', async () => {
    await useBackend('wasm');
    const stock = vi.fn<KernelFunc>(() => []);
    const kernel = batchMatMulOver(stock);
    const plain = { transposeA: false, transposeB: false };
    const call = (rows: number, attributes: object, backend: object) => {
      const inputs = { a: zeros([rows, 3]), b: zeros([3, 3]) };
      const output = kernel({ inputs, attrs: attributes as NamedAttrMap, backend });
      if ('dataId' in output) wasmBackend().disposeData(output.dataId);
      return stock.mock.calls.length;
    };
    expect(call(3, plain, wasmBackend())).toBe(0);
    expect(call(1, plain, wasmBackend())).toBe(1);
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    expect(call(3, plain, { wasm: { asm: {}, wasmMemory: shared } })).toBe(2);
    expect(call(3, { ...plain, transposeA: true }, wasmBackend())).toBe(2);
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
  });
});
