import type { Access } from '@polyneuron/fusion';
import { sizeOf, stridesOf } from '@polyneuron/graph';
import { isAligned } from './emitStatements.js';
import { lowerMap } from './lowerMap.js';
import type { Nest } from './nest.js';
import type { Load } from './operands.js';
import type { LoweringContext, Pass } from './pass.js';

/** Results that share one term; from here on a copy of the terms in a better order pays, */
const manySharers = 32;
/** and this many where rows are no whole texels, so that nothing else saves reads. */
const someSharers = 8;

/**
 * Copies operands of a contraction whose elements do not lie as four results at a time read them, where each of them is
 * used by many results: four terms, or one term of four results, then are one texel.
 */
export function straighten(
  context: LoweringContext,
  nest: Nest,
): { readonly before: Pass[]; readonly nest: Nest } {
  const before: Pass[] = [];
  const statements = [...nest.statements];
  [0, 1].forEach((at) => {
    const [own, other] = [statements[at], statements[1 - at]] as [Load, Load];
    const last = bestLastAxis(nest, own, other);
    if (last === undefined) return;
    const copy = copyInOrder(context, nest, own, last);
    before.push(...copy.passes);
    statements[at] = copy.load;
  });
  return { before, nest: { ...nest, statements } };
}

/** The axis along which an operand should lie but does not. */
function bestLastAxis({ outer, inner }: Nest, { access }: Load, { access: other }: Load): number | undefined {
  const [along, lane] = [outer.length + inner.length - 1, outer.length - 1];
  const depth = inner.at(-1) ?? 0;
  const isInFours = depth > 0 && depth % 4 === 0;
  const isAlong = (one: Access) => isInFours && isAligned(one, along);
  const sharersOf = ({ strides }: Access) => sizeOf(outer.filter((_, axis) => strides[axis] === 0));
  const hasLanes = lane === 0 || (lane > 0 && outer[lane] % 4 === 0);
  if (!hasLanes) {
    const becomesAlong = (one: Access) =>
      isAlong(one) || (isInFours && one.strides[along] !== 0 && sharersOf(one) >= someSharers);
    return !isAlong(access) && becomesAlong(access) && becomesAlong(other) ? along : undefined;
  }
  if (sharersOf(access) < manySharers) return undefined;
  if (access.strides[lane] === 0)
    return isInFours && access.strides[along] !== 0 && !isAlong(access) && isAligned(other, lane)
      ? along
      : undefined;
  return isAligned(access, lane) || isAlong(access) ? undefined : lane;
}

function copyInOrder(
  context: LoweringContext,
  { outer, inner }: Nest,
  { access }: Load,
  last: number,
): { readonly passes: Pass[]; readonly load: Load } {
  const extents = [...outer, ...inner];
  const axes = [...extents.keys()].filter((axis) => axis !== last && access.strides[axis] !== 0);
  axes.push(last);
  const shape = axes.map((axis) => extents[axis]);
  const pick = axes.map((axis) => access.strides[axis]);
  const key = `${access.buffer}+${access.offset}:${pick}:${shape}`;
  const known = context.copies.get(key)?.buffer;
  const buffer = known ?? context.scratch('straightened', 'float32', sizeOf(shape));
  context.copies.set(key, { from: access.buffer, buffer });
  const load: Load = { op: 'load', access: { ...access, strides: pick }, dtype: 'float32' };
  const { before, passes } =
    known === undefined
      ? lowerMap(context, shape, [load], [{ value: 0, buffer }])
      : { before: [], passes: [] };
  const straight = stridesOf(shape);
  const strides = extents.map((_, axis) => (axes.includes(axis) ? straight[axes.indexOf(axis)] : 0));
  return {
    passes: [...before, ...passes],
    load: { op: 'load', access: { buffer, offset: 0, strides }, dtype: 'float32' },
  };
}
