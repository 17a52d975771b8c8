/** @file Updates see the state as it was when the run began, however they are scheduled. */
import {
  add,
  concat,
  cumsum,
  defineProgram,
  einsum,
  exp,
  gather,
  mul,
  type Node,
  neg,
  reshape,
  reverse,
  scatterAdd,
  slice,
  stopGradient,
  sub,
  sum,
  transpose,
} from '@polyneuron/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readsOf, writesOf } from './reads.js';
import { expectPlanned } from './testing/expectPlanned.js';

const float = (...shape: number[]) => ({ shape, dtype: 'float32' as const });

interface Leaves {
  readonly a: Node;
  readonly b: Node;
  readonly c: Node;
  readonly x: Node;
}

/** State a, b, c and an input x, all [3, 3]. */
const programFrom = (
  build: (leaves: Leaves) => { outputs?: Record<string, Node>; updates: Record<string, Node> },
) =>
  defineProgram({
    name: 'updates',
    inputs: { x: float(3, 3) },
    state: { a: float(3, 3), b: float(3, 3), c: float(3, 3) },
    build: ({ inputs, state }) => ({ outputs: {}, ...build({ ...inputs, ...state }) }),
  });

const hazards: Readonly<Record<string, Parameters<typeof programFrom>[0]>> = {
  'two entries that change places': ({ a, b }) => ({ updates: { a: b, b: a } }),
  'three entries that move on': ({ a, b, c }) => ({ updates: { a: b, b: c, c: a } }),
  'an entry that is a view of itself': ({ a }) => ({ updates: { a: transpose(a) } }),
  'an entry added to its own transpose': ({ a }) => ({ updates: { a: add(a, transpose(a)) } }),
  'an entry added to itself backwards': ({ a }) => ({ updates: { a: add(a, reverse(a, [0, 1])) } }),
  'a shifted entry': ({ a, x }) => ({
    updates: { a: concat([slice(a, [1, 0], [2, 3]), slice(x, [0, 0], [1, 3])], 0) },
  }),
  'a view of an entry that is updated in place': ({ a, x }) => ({
    updates: { a: add(a, x), b: transpose(a), c: reshape(slice(a, [0, 0], [3, 3]), [3, 3]) },
  }),
  'an entry that a product reads after its update is ready': ({ a, x }) => ({
    outputs: { y: einsum('ij,jk->ik', einsum('ij,jk->ik', x, x), a) },
    updates: { a: mul(a, 0.9) },
  }),
  'a product of an entry with itself': ({ a }) => ({ updates: { a: einsum('ij,jk->ik', a, a) } }),
  'a product whose epilogue updates its own operand': ({ a, x }) => ({
    updates: { a: sub(a, einsum('ij,kj->ik', x, a)) },
  }),
  'a running sum of an entry': ({ a, b }) => ({ updates: { a: cumsum(a, 0), b: add(b, a) } }),
  'a reduction of an entry': ({ a, x }) => ({
    outputs: { total: sum(a) },
    updates: { a: add(a, sum(a, 0, { keepDims: true })), b: mul(x, sum(a)) },
  }),
  'an entry behind a barrier': ({ a, b }) => ({
    updates: { a: stopGradient(b), b: stopGradient(add(a, 1)) },
  }),
  'one value for two entries': ({ a, b, x }) => {
    const next = add(mul(a, b), x);
    return { outputs: { next }, updates: { a: next, b: next } };
  },
  'an entry that is an output too': ({ a, x }) => ({
    outputs: { old: a, turned: transpose(a) },
    updates: { a: neg(x) },
  }),
  'an entry that stays itself': ({ a, x }) => ({ outputs: { y: add(a, x) }, updates: { a } }),
};

describe('updates', () => {
  it.each(Object.entries(hazards))('keep the old state for %s', (_, build) => {
    expectPlanned(programFrom(build));
  });

  it('keep the old table for gather and scatterAdd', () => {
    const program = defineProgram({
      name: 'rows',
      inputs: { rows: { shape: [4], dtype: 'int32' } },
      state: { table: float(5, 3) },
      build: ({ inputs: { rows }, state: { table } }) => {
        const picked = gather(table, rows);
        return {
          outputs: { picked },
          updates: { table: sub(table, mul(scatterAdd(exp(picked), rows, 5), 0.1)) },
        };
      },
    });
    expectPlanned(program, { rows: Int32Array.of(4, 0, 4, 2) });
  });

  it('are written in place where each element depends on itself alone', () => {
    const { kernels, state, buffers } = expectPlanned(
      programFrom(({ a, b, x }) => ({ updates: { a: sub(a, mul(x, 0.1)), b: add(mul(b, 0.9), x) } })),
    );
    const inPlace = kernels.filter((kernel) =>
      writesOf(kernel).some(
        ({ buffer }) =>
          [state.a, state.b].includes(buffer) &&
          readsOf(kernel).some(({ access }) => access.buffer === buffer),
      ),
    );
    expect(inPlace).toHaveLength(1);
    expect(kernels).toHaveLength(1);
    expect(buffers.filter(({ kind }) => kind === 'scratch')).toEqual([]);
  });

  /** Ways to make a [3, 3] value from earlier ones. */
  const makers: readonly ((p: Node, q: Node) => Node)[] = [
    (p, q) => add(p, q),
    (p, q) => mul(p, sub(q, 0.5)),
    (p) => transpose(p),
    (p) => reverse(p, [0]),
    (p, q) => concat([slice(p, [1, 0], [2, 3]), slice(q, [0, 0], [1, 3])], 0),
    (p, q) => mul(einsum('ij,jk->ik', p, q), 0.3),
    (p, q) => mul(einsum('ji,jk->ki', p, q), 0.3),
    (p, q) => add(p, sum(q, 1, { keepDims: true })),
    (p) => mul(cumsum(p, 1), 0.5),
    (p) => reshape(transpose(reshape(p, [9])), [3, 3]),
  ];

  it('are those of the interpreter in random programs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...makers), fc.nat(), fc.nat()), { minLength: 1, maxLength: 14 }),
        fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
        (steps, [a, b, c, y]) => {
          const program = programFrom((leaves) => {
            const values = [leaves.a, leaves.b, leaves.c, leaves.x];
            for (const [make, p, q] of steps)
              values.push(make(values[p % values.length], values[q % values.length]));
            // Late values more often than leaves
            const pick = (at: number) => values[values.length - 1 - (at % Math.min(values.length, 8))];
            return { outputs: { y: pick(y) }, updates: { a: pick(a), b: pick(b), c: pick(c) } };
          });
          expectPlanned(program);
        },
      ),
      { seed: 20261122, numRuns: 1500 },
    );
  });
});
