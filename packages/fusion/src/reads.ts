import type { Access, Body, Kernel } from './plan.js';

export interface Read {
  readonly access: Access;
  /** Read at the point of the domain where results are written, never elsewhere. */
  readonly isPointwise: boolean;
}

const whole = (...accesses: readonly Access[]): Read[] =>
  accesses.map((access) => ({ access, isPointwise: false }));

function bodyReads({ statements }: Body): Read[] {
  return statements.flatMap((statement) =>
    statement.op === 'load' ? [{ access: statement.access, isPointwise: true }] : [],
  );
}

const readers: { readonly [K in Kernel['kind']]: (kernel: Extract<Kernel, { kind: K }>) => Read[] } = {
  loop: ({ body }) => bodyReads(body),
  contraction: ({ left, right, epilogue }) => [...whole(left, right), ...bodyReads(epilogue)],
  cumulative: ({ source }) => whole(source),
  gather: ({ table, indices }) => whole(table, indices),
  scatterAdd: ({ updates, indices }) => whole(updates, indices),
  argMax: ({ source }) => whole(source),
  random: ({ key }) => whole(key),
  lanes: ({ statements }) =>
    statements.flatMap((statement) =>
      'buffer' in statement ? whole({ buffer: statement.buffer, offset: statement.offset, strides: [] }) : [],
    ),
};

/** Everything that a kernel reads. */
export function readsOf(kernel: Kernel): Read[] {
  return (readers[kernel.kind] as (kernel: Kernel) => Read[])(kernel);
}

const bodyWrites = ({ stores, reductions }: Body): Access[] =>
  [...stores, ...reductions].map(({ access }) => access);

const writers: { readonly [K in Kernel['kind']]: (kernel: Extract<Kernel, { kind: K }>) => Access[] } = {
  loop: ({ body }) => bodyWrites(body),
  contraction: ({ epilogue }) => bodyWrites(epilogue),
  cumulative: ({ target }) => [target],
  gather: ({ target }) => [target],
  scatterAdd: ({ target }) => [target],
  argMax: ({ target }) => [target],
  random: ({ target }) => [target],
  lanes: ({ stores, sums }) =>
    [...stores, ...sums].map(({ buffer, offset }) => ({ buffer, offset, strides: [] })),
};

/** Everything that a kernel writes. */
export function writesOf(kernel: Kernel): Access[] {
  return (writers[kernel.kind] as (kernel: Kernel) => Access[])(kernel);
}
