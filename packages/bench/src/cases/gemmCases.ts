import { type BenchCase, type MatMulForm, matMulForms } from './benchCase.js';

/** Cubes in all three forms: `gemm-256-tn` has m = n = k = 256. */
const cubes = [64, 128, 256, 512];

const formulas: { readonly [K in MatMulForm]: string } = { nn: 'A B', nt: 'A Bᵀ', tn: 'Aᵀ B' };

/** Matrix products C = A B, operands and result resident on the device. */
export const gemmCases: readonly BenchCase[] = [
  gemm('gemm-32x64x784-nn', 32, 64, 784, 'nn'),
  ...cubes.flatMap((size) => matMulForms.map((form) => gemm(`gemm-${size}-${form}`, size, size, size, form))),
];

function gemm(name: string, m: number, n: number, k: number, form: MatMulForm): BenchCase {
  const title = `C [${m}, ${n}] = ${formulas[form]}, ${k} products per element, float32`;
  return { name, title, suite: 'gemm', unit: 'ms/run', task: { kind: 'matMul', m, n, k, form } };
}
