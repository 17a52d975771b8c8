/**
 * @file How each buffer of a plan lies in its texture. What contractions read and write by blocks has their rows as
 * rows of the texture, so that neither divides; what nothing but one such contraction writes has four layers.
 */
import type { Buffer, BufferId, ContractionKernel, Kernel, Plan } from '@polyneuron/fusion';
import { writesOf } from '@polyneuron/fusion';
import { type Layout, layoutOf, rowLayout } from '../device/layout.js';
import { type Block, blockOf, rowWidth } from './block.js';
import { readCount } from './lowerMap.js';
import { loadsOf, pruneStatements } from './nest.js';
import { operandsOf } from './operands.js';
import type { ShaderLimits } from './pass.js';
import { aliasOf, isRowByRow, splitStores } from './wholeStores.js';

export function chooseLayouts({ buffers, kernels }: Plan, limits: ShaderLimits): Layout[] {
  const classes = new Classes(buffers);
  const widths = new Map<BufferId, number>();
  const writers = new Map<BufferId, Set<Kernel>>();
  const layered = new Set<Kernel>();
  const blocks: Block[] = [];
  for (const kernel of kernels) {
    const alias = aliasOf(buffers, kernel);
    if (alias) {
      classes.join([alias.from, alias.to]);
      continue;
    }
    for (const { buffer } of writesOf(kernel))
      writers.set(buffer, (writers.get(buffer) ?? new Set()).add(kernel));
    if (kernel.kind === 'loop')
      classes.join(splitStores(buffers, kernel.body).outputs.map(({ buffer }) => buffer));
    if (kernel.kind !== 'contraction') continue;
    const { block, targets, isDirect } = contractionOf(buffers, kernel, limits);
    classes.join(targets);
    if (!block) continue;
    if (isDirect) layered.add(kernel);
    blocks.push(block);
    for (const buffer of [...targets, ...pointwiseLoads(block)]) wish(widths, buffer, block.width);
  }
  for (const { nest, left, right } of blocks)
    for (const operand of [left, right]) wish(widths, operand.access.buffer, rowWidth(nest, operand));
  return buffers.map((buffer) => {
    const members = classes.of(buffer.id);
    const width = members.map((member) => widths.get(member)).find((wished) => wished !== undefined);
    const standard = layoutOf(buffer.size, buffer.kind);
    const isFree = members.every((member) => ['state', 'scratch'].includes(buffers[member].kind));
    if (width === undefined || !isFree || buffer.size % (4 * width) !== 0) return standard;
    const [writer, ...more] = new Set(members.flatMap((member) => [...(writers.get(member) ?? [])]));
    const isLayered = writer !== undefined && more.length === 0 && layered.has(writer);
    const layout = rowLayout(buffer.size, width, isLayered ? 4 : 1);
    return Math.max(layout.width, layout.height) <= limits.textureSize ? layout : standard;
  });
}

/** How a contraction will be lowered. */
function contractionOf(
  buffers: readonly Buffer[],
  kernel: ContractionKernel,
  limits: ShaderLimits,
): { readonly block: Block | undefined; readonly targets: BufferId[]; readonly isDirect: boolean } {
  const { statements, reductions } = kernel.epilogue;
  const { outputs, others } = splitStores(buffers, kernel.epilogue);
  const targets = outputs.map(({ buffer }) => buffer);
  const pruned = pruneStatements(
    statements,
    outputs.map(({ value }) => value),
  );
  const reads = readCount({ buffers }, [...operandsOf(kernel), ...pruned.statements]);
  const isDirect =
    targets.length > 0 &&
    others.length + reductions.length === 0 &&
    reads <= limits.samplers &&
    4 * targets.length <= limits.targets;
  const block = blockOf(kernel, isDirect ? pruned.statements : [{ op: 'product', dtype: 'float32' }]);
  return { block, targets, isDirect };
}

/** Buffers that an epilogue reads as they lie. */
function pointwiseLoads({ nest }: Block): BufferId[] {
  const strides = nest.inner.map(() => 0);
  return loadsOf(nest.statements.slice(2))
    .filter((access) => strides.every((_, at) => access.strides[nest.outer.length + at] === 0))
    .filter((access) =>
      isRowByRow({ ...access, strides: access.strides.slice(0, nest.outer.length) }, nest.outer),
    )
    .map(({ buffer }) => buffer);
}

/** The first wish counts. */
function wish(widths: Map<BufferId, number>, buffer: BufferId, width: number | undefined): void {
  if (width !== undefined && !widths.has(buffer)) widths.set(buffer, width);
}

/** Buffers that must lie alike: targets of one pass, and copies of one another. */
class Classes {
  private readonly members: BufferId[][];

  constructor(buffers: readonly Buffer[]) {
    this.members = buffers.map(({ id }) => [id]);
  }

  of(buffer: BufferId): readonly BufferId[] {
    return this.members[buffer];
  }

  join(buffers: readonly BufferId[]): void {
    const all = [...new Set(buffers.flatMap((buffer) => this.members[buffer]))];
    for (const buffer of all) this.members[buffer] = all;
  }
}
