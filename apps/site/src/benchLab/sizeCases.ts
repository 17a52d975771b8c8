import type { BenchCase } from '@polyneuron/bench';

/** Products of two square matrices of 8 to 1024 rows: which backend wins changes with the size. */
export const sizeCases: readonly BenchCase[] = [8, 16, 32, 64, 128, 256, 512, 1024].map((size) => ({
  name: `size-${size}`,
  title: `C [${size}, ${size}] = A B, ${size} products per element, float32`,
  suite: 'gemm',
  unit: 'ms/run',
  task: { kind: 'matMul', m: size, n: size, k: size, form: 'nn' },
}));
