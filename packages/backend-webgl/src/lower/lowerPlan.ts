import type {
  Body,
  Buffer,
  BufferId,
  ContractionKernel,
  Kernel,
  LoopKernel,
  Plan,
  Reduction,
  Statement,
} from '@polyneuron/fusion';
import { readsOf, writesOf } from '@polyneuron/fusion';
import { InternalError, type Shape, sizeOf } from '@polyneuron/graph';
import { isSameLayout, type Layout, layoutOf } from '../device/layout.js';
import { chooseLayouts } from './chooseLayouts.js';
import { lowerContraction, lowerProduct } from './lowerContraction.js';
import { lowerFold } from './lowerFold.js';
import { type Lowered, lowerMap } from './lowerMap.js';
import { lowerArgMax, lowerCumulative, lowerGather, lowerRandom, lowerScatterAdd } from './lowerMoves.js';
import { lowerParts, type Part } from './lowerParts.js';
import { loadsOf, reorderAxes } from './nest.js';
import type { LoweringContext, Pass, PassGroup, ShaderLimits } from './pass.js';
import { aliasOf, isRowByRow, splitStores } from './wholeStores.js';

export interface LoweredPlan {
  readonly groups: readonly PassGroup[];
  /** Those of the plan, and what lowering added. */
  readonly buffers: readonly Buffer[];
  readonly layouts: readonly Layout[];
}

/** Several kernels that write one buffer, as one pass over it. */
interface PartsStep {
  readonly kind: 'parts';
  readonly buffer: BufferId;
  readonly parts: readonly Part[];
}

type Step = Kernel | PartsStep;

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
  const groups = mergeParts(plan).flatMap((step) => {
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
  const alias = step.kind === 'parts' ? undefined : aliasOf(buffers, step);
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
function lowerBody(context: LoweringContext, body: Body, contraction?: ContractionKernel): Lowered {
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
  for (const group of groupByAxes(reductions)) all.push(lowerReductions(context, domain, rest, group));
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
  );
}

/** Joins kernels that do nothing but write parts of one buffer. */
function mergeParts({ kernels, buffers }: Plan): Step[] {
  const partOf = (kernel: Kernel): Part | undefined => {
    if (kernel.kind !== 'loop') return undefined;
    const { domain, statements, stores, reductions } = (kernel as LoopKernel).body;
    if (stores.length !== 1 || reductions.length > 0) return undefined;
    const [{ value, access }] = stores;
    const { kind, size } = buffers[access.buffer];
    // Inputs and state may be bound to other textures meanwhile
    return kind === 'scratch' && size > 0 ? { domain, statements, value, access } : undefined;
  };
  const steps: Step[] = [];
  const open = new Map<BufferId, { at: number; parts: Part[] }>();
  for (const kernel of kernels) {
    const part = partOf(kernel);
    const known = part && open.get(part.access.buffer);
    const reads = readsOf(kernel).map(({ access }) => access.buffer);
    const writes = writesOf(kernel).map(({ buffer }) => buffer);
    // A part waits for the next one; whoever reads the buffer, or overwrites what the part reads, ends that
    for (const [buffer, { parts }] of open) {
      const isOwn = part?.access.buffer === buffer;
      const sources = parts.flatMap(({ statements }) => loadsOf(statements).map((access) => access.buffer));
      const isTouched = !isOwn && (reads.includes(buffer) || writes.includes(buffer));
      if (isTouched || writes.some((written) => written !== buffer && sources.includes(written)))
        open.delete(buffer);
    }
    if (part && known && open.has(part.access.buffer) && readsOnlyItself(part)) {
      known.parts.push(part);
      // Takes its place at the last part, when all sources are there
      steps.splice(known.at, 1);
      for (const other of open.values()) if (other.at > known.at) other.at--;
      known.at = steps.push({ kind: 'parts', buffer: part.access.buffer, parts: known.parts }) - 1;
    } else {
      const at = steps.push(kernel) - 1;
      if (part) open.set(part.access.buffer, { at, parts: [part] });
    }
  }
  return steps;
}

/** Whether a part reads its own buffer only where it writes it. */
const readsOnlyItself = ({ statements, access }: Part): boolean =>
  loadsOf(statements).every(
    (load) =>
      load.buffer !== access.buffer ||
      (load.offset === access.offset && load.strides.join() === access.strides.join()),
  );
