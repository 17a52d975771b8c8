import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Buffer, BufferKind, Kernel, Plan } from './plan.js';
import { planMemory } from './planMemory.js';
import { readsOf, writesOf } from './reads.js';

const kinds: readonly BufferKind[] = [
  'input',
  'state',
  'constant',
  'output',
  'scratch',
  'scratch',
  'scratch',
];
const seed = 20261122;

/** A plan whose kernels copy between random buffers: lifetimes are all that matters here. */
const plans: fc.Arbitrary<Plan> = fc
  .array(fc.tuple(fc.constantFrom(...kinds), fc.nat(200)), { minLength: 1, maxLength: 20 })
  .chain((specs) => {
    const buffers = specs.map(
      ([kind, size], id): Buffer => ({ id, kind, name: `b${id}`, dtype: 'float32', size }),
    );
    const some = fc.nat(buffers.length - 1);
    return fc
      .array(fc.tuple(fc.array(some, { maxLength: 3 }), some), { maxLength: 25 })
      .map((copies): Plan => {
        const at = (buffer: number) => ({ buffer, offset: 0, strides: [] });
        const kernels = copies.map(
          ([sources, target]): Kernel => ({
            kind: 'loop',
            body: {
              domain: [],
              statements: [
                ...sources.map((buffer) => ({ op: 'load', access: at(buffer), dtype: 'float32' }) as const),
                { op: 'literal', value: 0, dtype: 'float32' },
              ],
              stores: [{ value: sources.length, access: at(target) }],
              reductions: [],
            },
          }),
        );
        const program = { name: 'random', inputs: {}, state: {}, outputs: {}, updates: {} };
        return { program, buffers, kernels, inputs: {}, state: {}, outputs: {} };
      });
  });

/** Buffers that hold something while a kernel runs: scratch from its first to its last use, the others always. */
function liveAt({ buffers, kernels }: Plan, at: number): Buffer[] {
  const touches = (kernel: Kernel, id: number) =>
    [...readsOf(kernel).map(({ access }) => access), ...writesOf(kernel)].some(({ buffer }) => buffer === id);
  return buffers.filter(({ id, kind }) => {
    if (kind !== 'scratch') return true;
    const uses = kernels.flatMap((kernel, index) => (touches(kernel, id) ? [index] : []));
    return uses.length > 0 && uses[0] <= at && at <= uses[uses.length - 1];
  });
}

describe('planMemory', () => {
  it.each([
    [0, 64, 0],
    [100, 64, 32],
    [4, 16, 4],
  ])(
    'keeps buffers that live together apart (start %i, alignment %i, slack %i)',
    (start, alignment, slack) => {
      fc.assert(
        fc.property(plans, (plan) => {
          const { addresses, end } = planMemory(plan, start, alignment, slack);
          for (const address of addresses.values()) {
            expect(address % alignment).toBe(0);
            expect(address).toBeGreaterThanOrEqual(start);
          }
          plan.kernels.forEach((_, at) => {
            const ranges = liveAt(plan, at).map(({ id, size }) => {
              const from = addresses.get(id) as number;
              return { from, to: from + 4 * size + slack };
            });
            ranges.sort((a, b) => a.from - b.from || a.to - b.to);
            ranges.forEach(({ from, to }, i) => {
              expect(to).toBeLessThanOrEqual(end);
              if (i > 0 && to > from) expect(from).toBeGreaterThanOrEqual(ranges[i - 1].to);
            });
          });
        }),
        { seed, numRuns: 300 },
      );
    },
  );

  it('gives addresses to every buffer but scratch that nobody uses', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { addresses } = planMemory(plan, 0);
        const used = new Set(plan.kernels.flatMap((_, at) => liveAt(plan, at).map(({ id }) => id)));
        for (const { id, kind } of plan.buffers)
          expect(addresses.has(id)).toBe(kind !== 'scratch' || used.has(id));
      }),
      { seed },
    );
  });

  it('shares memory between scratch buffers in a chain', () => {
    const sizes = [100, 100, 100, 100, 100, 100];
    const buffers = sizes.map(
      (size, id): Buffer => ({ id, kind: 'scratch', name: `b${id}`, dtype: 'float32', size }),
    );
    const at = (buffer: number) => ({ buffer, offset: 0, strides: [1] });
    const kernels = sizes.slice(1).map(
      (size, id): Kernel => ({
        kind: 'loop',
        body: {
          domain: [size],
          statements: [{ op: 'load', access: at(id), dtype: 'float32' }],
          stores: [{ value: 0, access: at(id + 1) }],
          reductions: [],
        },
      }),
    );
    const program = { name: 'chain', inputs: {}, state: {}, outputs: {}, updates: {} };
    const plan = { program, buffers, kernels, inputs: {}, state: {}, outputs: {} };
    // 400 bytes are 448 in multiples of 64; two of them live at a time
    expect(planMemory(plan, 0).end).toBe(2 * 448);
  });
});
