import type { Body, Reduction } from '@polyneuron/fusion';
import { spread, spreadStatements } from './axes.js';
import { emitFold } from './emitFold.js';
import { emitMap } from './emitMap.js';
import type { CudaKernel, EmitContext } from './kernel.js';

/** More totals than this per thread take too many registers, and too much shared memory. */
const foldLimit = 16;

/** Stores and reductions of a loop nest: one kernel for the reductions over the same axes, with the stores in the last. */
export function emitLoop(context: EmitContext, body: Body): CudaKernel[] {
  const groups = groupReductions(body.reductions);
  if (groups.length === 0) return emitMap(context, body.domain, body.statements, body.stores);
  // State may be stored over what others read at the same point: that must come last
  return groups.flatMap((group, at) =>
    emitReductions(context, {
      ...body,
      stores: at === groups.length - 1 ? body.stores : [],
      reductions: group,
    }),
  );
}

function groupReductions(reductions: readonly Reduction[]): Reduction[][] {
  const groups = new Map<string, Reduction[][]>();
  for (const reduction of reductions) {
    const key = reduction.axes.join();
    const known = groups.get(key) ?? [];
    const open = known.at(-1);
    if (open && open.length < foldLimit) open.push(reduction);
    else groups.set(key, [...known, [reduction]]);
  }
  return [...groups.values()].flat();
}

function emitReductions(
  context: EmitContext,
  { domain, statements, stores, reductions }: Body,
): CudaKernel[] {
  const [{ axes }] = reductions;
  const kept = [...domain.keys()].filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  return emitFold(context, {
    outer: kept.map((axis) => domain[axis]),
    inner: axes.map((axis) => domain[axis]),
    statements: spreadStatements(statements, order),
    stores: stores.map(({ value, access }) => ({ value, access: spread(access, order) })),
    values: reductions,
    finish: { kind: 'results', accesses: reductions.map(({ access }) => spread(access, kept)) },
  });
}
