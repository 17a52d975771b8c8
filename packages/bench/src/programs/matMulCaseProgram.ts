import { einsum, programOf, type Shape, sizeOf, state } from '@polyneuron/graph';
import type { MatMulForm, MatMulTask } from '../cases/benchCase.js';
import type { CaseProgram } from './caseProgram.js';
import { compulsoryBytes } from './compulsoryBytes.js';
import { countRuns, flopsOf } from './counter.js';
import { drawNormals } from './values.js';

export const operandNames = { a: 'a', b: 'b', c: 'c' } as const;

interface FormLayout {
  readonly spec: string;
  shapeOfA(task: MatMulTask): Shape;
  shapeOfB(task: MatMulTask): Shape;
}

const layouts: { readonly [K in MatMulForm]: FormLayout } = {
  nn: { spec: 'mk,kn->mn', shapeOfA: ({ m, k }) => [m, k], shapeOfB: ({ n, k }) => [k, n] },
  nt: { spec: 'mk,nk->mn', shapeOfA: ({ m, k }) => [m, k], shapeOfB: ({ n, k }) => [n, k] },
  tn: { spec: 'km,kn->mn', shapeOfA: ({ m, k }) => [k, m], shapeOfB: ({ n, k }) => [k, n] },
};

/** Shapes of the operands as they are stored. */
export function operandShapes(task: MatMulTask): { readonly a: Shape; readonly b: Shape } {
  const { shapeOfA, shapeOfB } = layouts[task.form];
  return { a: shapeOfA(task), b: shapeOfB(task) };
}

/** C = A B, all three resident: a run moves nothing between host and device. */
export function matMulCaseProgram(task: MatMulTask): CaseProgram {
  const shapes = operandShapes(task);
  const a = state(operandNames.a, { shape: shapes.a, dtype: 'float32' });
  const b = state(operandNames.b, { shape: shapes.b, dtype: 'float32' });
  const product = einsum(layouts[task.form].spec, a, b);
  const program = programOf(`matMul:${task.form}`, {}, { [operandNames.c]: product });
  const spec = { shape: product.shape, dtype: product.dtype };
  const values = { a: drawNormals(sizeOf(shapes.a), 1), b: drawNormals(sizeOf(shapes.b), 2) };
  return {
    program: countRuns({ ...program, state: { ...program.state, [operandNames.c]: spec } }),
    oneRun: { kind: 'execution' },
    flops: flopsOf(program),
    bytes: compulsoryBytes(program),
    state: values,
    inputs: () => ({}),
    check: {
      runs: 1,
      inputs: {},
      names: [operandNames.c],
      // The bound of the test table for a contraction, 4 u (1 + depth), with u = 2^-24: terms of random sign.
      tolerance: 4 * 2 ** -24 * (1 + task.k),
      reference: () => ({ [operandNames.c]: { values: multiply(task, values.a, values.b) } }),
    },
  };
}

/** The definition in float64. A loop of its own, because the interpreter would take minutes at 512. */
export function multiply(task: MatMulTask, a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const { m, n, k, form } = task;
  const [rowOfA, stepOfA] = form === 'tn' ? [1, m] : [k, 1];
  const [columnOfB, stepOfB] = form === 'nt' ? [k, 1] : [1, n];
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const factor = a[i * rowOfA + p * stepOfA];
      for (let j = 0; j < n; j++) c[i * n + j] += factor * b[j * columnOfB + p * stepOfB];
    }
  return c;
}
