import type { ContractionKernel, Statement } from '@polyneuron/fusion';

export type Load = Extract<Statement, { op: 'load' }>;

/** The two operands as loads over [...batch, ...rows, ...columns, ...depth]. */
export function operandsOf({ batch, rows, columns, depth, left, right }: ContractionKernel): [Load, Load] {
  const zeros = (extents: readonly number[]) => extents.map(() => 0);
  const [b, r, d] = [batch.length, batch.length + rows.length, batch.length + depth.length];
  const leftStrides = [...left.strides.slice(0, r), ...zeros(columns), ...left.strides.slice(r)];
  const rightStrides = [
    ...right.strides.slice(0, b),
    ...zeros(rows),
    ...right.strides.slice(d),
    ...right.strides.slice(b, d),
  ];
  return [
    { op: 'load', access: { ...left, strides: leftStrides }, dtype: 'float32' },
    { op: 'load', access: { ...right, strides: rightStrides }, dtype: 'float32' },
  ];
}

/** The same statements over a domain with more axes. */
export const overDepth = (statements: readonly Statement[], depth: number): Statement[] =>
  statements.map((statement) =>
    statement.op === 'load'
      ? {
          ...statement,
          access: {
            ...statement.access,
            strides: [...statement.access.strides, ...new Array<number>(depth).fill(0)],
          },
        }
      : statement,
  );
