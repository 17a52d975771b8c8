/**
 * @file Maps over the results of a fold, computed by the pass that finishes the fold: the division that makes a mean of
 * a sum, the update of a bias by the sum of its gradients.
 */
import type { Body, BufferId, Kernel, LoopKernel, Plan, Statement } from '@polyneuron/fusion';
import { readsOf, writesOf } from '@polyneuron/fusion';
import { type Shape, sizeOf } from '@polyneuron/graph';
import { isSameLayout } from '../device/layout.js';
import { type MapOutput, readCount } from './lowerMap.js';
import { loadsOf } from './nest.js';
import type { LoweringContext } from './pass.js';
import { aliasOf, isRowByRow, splitStores } from './wholeStores.js';

export interface Finish {
  readonly domain: Shape;
  readonly statements: readonly Statement[];
  readonly outputs: readonly MapOutput[];
  /** Results of the fold that somebody else reads too. */
  readonly kept: readonly BufferId[];
}

/** A kernel whose reductions end with what another kernel did. */
export interface FinishedKernel {
  readonly kind: 'finished';
  readonly fold: LoopKernel;
  readonly map: LoopKernel;
  readonly finish: Finish;
}

/** Whether the last pass of a fold has targets and samplers enough for more. */
export function canFinish(
  { buffers, layouts, limits }: Pick<LoweringContext, 'buffers' | 'layouts' | 'limits'>,
  folded: readonly Statement[],
  folds: number,
  { statements, outputs, kept }: Finish,
): boolean {
  const targets = [...outputs.map(({ buffer }) => buffer), ...kept];
  return (
    targets.length > 0 &&
    Math.max(targets.length, folds) <= limits.targets &&
    folds + readCount({ buffers }, [...folded, ...statements]) <= limits.samplers &&
    targets.every((target) => isSameLayout(layouts[target], layouts[targets[0]]))
  );
}

/** Joins folds with the maps over their results, where nothing between the two stands in the way. */
export function mergeFinishes(
  context: Pick<LoweringContext, 'buffers' | 'layouts' | 'limits'>,
  kernels: Plan['kernels'],
): (Kernel | FinishedKernel)[] {
  const steps: (Kernel | FinishedKernel | undefined)[] = [...kernels];
  kernels.forEach((fold, at) => {
    if (steps[at] !== fold || fold.kind !== 'loop') return;
    const results = foldedBuffers(fold.body);
    if (results.length === 0) return;
    const reads = (kernel: Kernel) => readBuffers(kernel).some((buffer) => results.includes(buffer));
    const readers = kernels.filter(reads);
    const [map] = readers;
    if (map?.kind !== 'loop') return;
    const place = kernels.indexOf(map);
    if (place < at || steps[place] !== map || !isMapOver(context, map, results)) return;
    const { outputs } = splitStores(context.buffers, map.body);
    const isKept = (buffer: BufferId) => readers.length > 1 || context.buffers[buffer].kind !== 'scratch';
    const finish: Finish = { ...map.body, outputs, kept: results.filter(isKept) };
    if (!canMoveUp(kernels.slice(at, place), map, results)) return;
    if (!canFinish(context, fold.body.statements, results.length, finish)) return;
    steps[at] = { kind: 'finished', fold, map, finish };
    steps[place] = undefined;
  });
  return steps.filter((step) => step !== undefined);
}

/** Results of the reductions where these go over the same axes. */
function foldedBuffers({ reductions }: Body): BufferId[] {
  const isAlike = reductions.every(({ axes }) => axes.join() === reductions[0].axes.join());
  return isAlike ? reductions.map(({ access }) => access.buffer) : [];
}

function isMapOver(
  { buffers }: Pick<LoweringContext, 'buffers'>,
  map: LoopKernel,
  results: readonly BufferId[],
): boolean {
  const { domain, statements, reductions } = map.body;
  const loads = loadsOf(statements).filter(({ buffer }) => results.includes(buffer));
  return (
    reductions.length === 0 &&
    !aliasOf(buffers, map) &&
    splitStores(buffers, map.body).others.length === 0 &&
    loads.every((load) => isRowByRow(load, domain) && buffers[load.buffer].size === sizeOf(domain))
  );
}

/** Whether a map may run with the first of these kernels, whose results it takes, instead of after them all. */
function canMoveUp(
  [fold, ...between]: readonly Kernel[],
  map: LoopKernel,
  results: readonly BufferId[],
): boolean {
  const read = readBuffers(map).filter((buffer) => !results.includes(buffer));
  const written = writtenBuffers(map);
  const touches = (kernel: Kernel) =>
    writtenBuffers(kernel).some((buffer) => read.includes(buffer) || written.includes(buffer));
  const isRead = (kernel: Kernel) => readBuffers(kernel).some((buffer) => written.includes(buffer));
  return !touches(fold) && !between.some((kernel) => touches(kernel) || isRead(kernel));
}

const readBuffers = (kernel: Kernel): BufferId[] => readsOf(kernel).map(({ access }) => access.buffer);
const writtenBuffers = (kernel: Kernel): BufferId[] => writesOf(kernel).map(({ buffer }) => buffer);
