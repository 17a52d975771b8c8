import { expectClose, tolerances } from '@polyneuron/testing';
import { einsum, ones, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { installTfjsKernels } from '../installTfjsKernels.js';
import { expectSameOnBoth } from '../testing/expectSameOnBoth.js';
import { normalTensor, resultOn, useBackend } from '../testing/tfjsBackends.js';

const { contraction, exact } = tolerances.float32;

const extents: Readonly<Record<string, number>> = { i: 5, j: 7, k: 9, b: 3, c: 1, h: 4, I: 6 };

const equations = [
  'i->',
  'i->i',
  'ij->ji',
  'ij->j',
  'bij->ib',
  'i,i->',
  'i,j->ij',
  'ij,j->i',
  'ij,jk->ik',
  'ij,kj->ik',
  'ji,kj->ki',
  'bij,bjk->bik',
  'bij,jk->bki',
  'bhi,bhj->hij',
  'ij,ij->ij',
  'ijk,jb->ib',
  'cij,bcj->ibc',
  'bij,bi->',
  'iI,I -> i',
];

const operandsOf = (equation: string) =>
  equation
    .split('->')[0]
    .split(',')
    .map((term, at) =>
      normalTensor(
        [...term.trim()].map((label) => extents[label]),
        at,
      ),
    );

describe('Einsum on wasm', () => {
  beforeAll(installTfjsKernels);

  it.each(equations)('computes %s as cpu does', async (equation) => {
    const [inputs, output] = equation.replaceAll(' ', '').split('->');
    const summed = new Set([...inputs.replace(',', '')].filter((label) => !output.includes(label)));
    const depth = [...summed].reduce((size, label) => size * extents[label], 1);
    await expectSameOnBoth(() => einsum(equation, ...operandsOf(equation)), contraction(depth));
  });

  it('sums labels that one operand alone has, where cpu gives a wrong shape', async () => {
    const actual = await resultOn('wasm', () => einsum('ij,k->k', ones([2, 3]), tensor1d([1, 2])));
    expectClose(actual, { shape: [2], values: [6, 12] }, exact);
  });

  it('multiplies integers exactly', async () => {
    const { values, dtype } = await resultOn('wasm', () =>
      einsum(
        'ij,j->i',
        tensor2d(
          [
            [16777217, 1],
            [2, 3],
          ],
          [2, 2],
          'int32',
        ),
        tensor1d([1, 2], 'int32'),
      ),
    );
    expect(dtype).toBe('int32');
    expectClose(values, [16777219, 8], exact);
  });

  it('rejects what tfjs rejects', async () => {
    await useBackend('wasm');
    expect(() => einsum('ii->i', zeros([2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[Error: Found duplicate axes in input component ii. Support for duplicate axes in input is not implemented yet.]`,
    );
    expect(() => einsum('ij,jk->ik', zeros([2, 2]), zeros([3, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[Error: Expected dimension 2 at axis 0 of input shaped [3,2], but got dimension 3]`,
    );
  });
});
