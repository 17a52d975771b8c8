import { describe, expect, it } from 'vitest';
import { einsum } from './build/contract.js';
import { input, reshape } from './build/create.js';
import { add, tanh } from './build/elementwise.js';
import { costOf, costOfNode } from './cost.js';
import { programOf } from './program.js';

const x = input('x', { shape: [32, 784], dtype: 'float32' });
const w = input('w', { shape: [784, 64], dtype: 'float32' });

describe('costOf', () => {
  it('counts a multiplication and an addition per point of a contraction', () => {
    const y = einsum('bi,io->bo', x, w);
    expect(costOfNode(y)).toEqual({ flops: 2 * 32 * 784 * 64, bytes: 4 * (32 * 784 + 784 * 64 + 32 * 64) });
  });

  it('adds up, and charges nothing for a new name', () => {
    const y = tanh(add(reshape(x, [784, 32]), 1));
    expect(costOf(programOf('p', { y }))).toEqual({ flops: 2 * 32 * 784, bytes: 4 * 5 * 32 * 784 });
  });
});
