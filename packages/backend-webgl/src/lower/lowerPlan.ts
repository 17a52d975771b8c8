import type { Body, Buffer, ContractionKernel, Plan, Reduction, Statement } from '@polyneuron/fusion';
import { InternalError, type Shape, sizeOf } from '@polyneuron/graph';
import { isSameLayout, type Layout, layoutOf } from '../device/layout.js';
import { chooseLayouts } from './chooseLayouts.js';
import { type Finish, mergeFinishes } from './finish.js';
import { lowerContraction, lowerProduct } from './lowerContraction.js';
import { lowerFold } from './lowerFold.js';
import { type Lowered, lowerMap } from './lowerMap.js';
import { lowerArgMax, lowerCumulative, lowerGather, lowerRandom, lowerScatterAdd } from './lowerMoves.js';
import { lowerParts } from './lowerParts.js';
import { mergeParts, type Step } from './mergeParts.js';
import { reorderAxes } from './nest.js';
import type { LoweringContext, Pass, PassGroup, ShaderLimits } from './pass.js';
import { aliasOf, isRowByRow, splitStores } from './wholeStores.js';

export interface LoweredPlan {
  readonly groups: readonly PassGroup[];
  /** Those of the plan, and what lowering added. */
  readonly buffers: readonly Buffer[];
  readonly layouts: readonly Layout[];
}

/** Turns the kernels of a plan without lanes into passes. */
export function lowerPlan(plan: Plan, limits: ShaderLimits): LoweredPlan {
  const buffers: Buffer[] = [...plan.buffers];
  const layouts = chooseLayouts(plan, limits);
  const context: LoweringContext = {
    limits,
    buffers,
    layouts,
    copies: new Map(),
    scratch: (name, dtype, size, layout = layoutOf(size)) => {
      layouts.push(layout);
      return buffers.push({ id: buffers.length, kind: 'scratch', name, dtype, size }) - 1;
    },
  };
  const steps = mergeParts(buffers, mergeFinishes(context, plan.kernels));
  const groups = steps.flatMap((step) => {
    const made = lowerStep(context, step);
    forgetCopies(context, made);
    return made;
  });
  return { groups, buffers, layouts };
}

/** Copies of what passes have written are copies no longer. */
function forgetCopies({ copies }: LoweringContext, groups: readonly PassGroup[]): void {
  const written = new Set(
    groups.flatMap(({ passes, aliases }) => [
      ...passes.flatMap(({ targets }) => targets),
      ...aliases.map(({ to }) => to),
    ]),
  );
  for (const [key, copy] of copies) if (written.has(copy.from)) copies.delete(key);
}

function lowerStep(context: LoweringContext, step: Step): PassGroup[] {
  const { buffers, layouts } = context;
  const alias = step.kind === 'loop' ? aliasOf(buffers, step) : undefined;
  if (alias && isSameLayout(layouts[alias.from], layouts[alias.to]))
    return [{ passes: [], aliases: [alias] }];
  const { before, passes } = lowerOne(context, step);
  const isUseful = ({ size }: Pass) => size > 0;
  return [...before.map((pass) => [pass]), passes]
    .map((group) => ({ passes: group.filter(isUseful), aliases: [] }))
    .filter((group) => group.passes.length > 0);
}

function lowerOne(context: LoweringContext, step: Step): Lowered {
  switch (step.kind) {
    case 'parts':
      return lowerParts(context, step.buffer, step.parts);
    case 'loop':
      return lowerBody(context, step.body);
    case 'finished':
      return lowerBody(context, step.fold.body, undefined, step.finish);
    case 'contraction':
      return lowerBody(context, step.epilogue, step);
    case 'cumulative':
      return sizeOf(step.domain) === 0 ? nothing : lowerCumulative(context, step);
    case 'gather':
      return lowerGather(context, step);
    case 'scatterAdd':
      return lowerScatterAdd(context, step);
    case 'argMax':
      return lowerArgMax(context, step);
    case 'random':
      return lowerRandom(context, step);
    case 'lanes':
      throw new InternalError('backend-webgl: plans with lanes are for vector processors');
  }
}

const nothing: Lowered = { before: [], passes: [] };

/** Stores row by row in one pass, other stores in one each, and a pass for the reductions over the same axes. */
function lowerBody(
  context: LoweringContext,
  body: Body,
  contraction?: ContractionKernel,
  finish?: Finish,
): Lowered {
  const { domain, statements, reductions } = body;
  const { outputs, others } = splitStores(context.buffers, body);
  const all: Lowered[] = [];
  let rest = statements;
  if (contraction && (others.length > 0 || reductions.length > 0)) {
    // What is not stored row by row reads the product from memory
    const product = lowerProduct(context, contraction);
    rest = product.loadedIn(statements);
    all.push({ before: product.passes, passes: [] });
    if (outputs.length > 0) all.push(lowerMap(context, domain, rest, outputs));
  } else if (outputs.length > 0)
    all.push(
      contraction
        ? lowerContraction(context, contraction, statements, outputs)
        : lowerMap(context, domain, statements, outputs),
    );
  for (const { value, access } of others)
    all.push(lowerParts(context, access.buffer, [{ domain, statements: rest, value, access }]));
  for (const group of groupByAxes(reductions))
    all.push(lowerReductions(context, domain, rest, group, finish));
  return {
    before: all.flatMap(({ before }) => before),
    passes: all.flatMap(({ passes }) => passes),
  };
}

function groupByAxes(reductions: readonly Reduction[]): Reduction[][] {
  const groups = new Map<string, Reduction[]>();
  for (const reduction of reductions) {
    const key = reduction.axes.join();
    groups.set(key, [...(groups.get(key) ?? []), reduction]);
  }
  return [...groups.values()];
}

function lowerReductions(
  context: LoweringContext,
  domain: Shape,
  statements: readonly Statement[],
  reductions: readonly Reduction[],
  finish: Finish | undefined,
): Lowered {
  const [{ axes }] = reductions;
  const kept = [...domain.keys()].filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const outer = kept.map((axis) => domain[axis]);
  for (const { access } of reductions)
    if (!isRowByRow({ ...access, strides: kept.map((axis) => access.strides[axis]) }, outer))
      throw new InternalError('backend-webgl: results of a reduction do not lie row by row');
  return lowerFold(
    context,
    order.map((axis) => domain[axis]),
    kept.length,
    reorderAxes(statements, order),
    reductions.map(({ value, op, dtype, access }) => ({ value, op, dtype, buffer: access.buffer })),
    finish,
  );
}
