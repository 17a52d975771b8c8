/**
 * @file The shape of a loop nest: axes of extent 1 dropped, axes that every access walks alike merged into one.
 */
import type { Access, Body } from '@polyneuron/fusion';

export interface Nest {
  readonly extents: readonly number[];
  /** Keyed by the access objects of the body. */
  readonly strides: ReadonlyMap<Access, readonly number[]>;
  /** Nest axis of each body axis that an `index` statement names; -1 where its extent is 1. */
  readonly indexAxes: ReadonlyMap<number, number>;
}

export function accessesOf({ statements, stores, reductions }: Body): Access[] {
  return [
    ...statements.flatMap((statement) => (statement.op === 'load' ? [statement.access] : [])),
    ...stores.map(({ access }) => access),
    ...reductions.map(({ access }) => access),
  ];
}

/** `isFixed` axes stay as they are, whatever their extent. */
export function collapse(body: Body, isFixed: (axis: number) => boolean = () => false): Nest {
  const accesses = accessesOf(body);
  const indexed = new Set(
    body.statements.flatMap((statement) => (statement.op === 'index' ? [statement.axis] : [])),
  );
  const extents: number[] = [];
  const columns = accesses.map(() => [] as number[]);
  const indexAxes = new Map<number, number>();
  let isMergeable = false;
  body.domain.forEach((extent, axis) => {
    if (extent === 1 && !isFixed(axis)) {
      if (indexed.has(axis)) indexAxes.set(axis, -1);
      return;
    }
    const isPinned = indexed.has(axis) || isFixed(axis);
    const last = extents.length - 1;
    const joins =
      isMergeable &&
      !isPinned &&
      accesses.every(({ strides }, at) => columns[at][last] === strides[axis] * extent);
    if (joins) {
      extents[last] *= extent;
      accesses.forEach(({ strides }, at) => {
        columns[at][last] = strides[axis];
      });
    } else {
      extents.push(extent);
      accesses.forEach(({ strides }, at) => {
        columns[at].push(strides[axis]);
      });
      if (indexed.has(axis)) indexAxes.set(axis, extents.length - 1);
    }
    isMergeable = !isPinned;
  });
  return { extents, strides: new Map(accesses.map((access, at) => [access, columns[at]])), indexAxes };
}

/** One stride for a run of axes walked in row-major order, or undefined. Runs of one element have stride 0. */
export function mergedStride(extents: readonly number[], strides: readonly number[]): number | undefined {
  let merged: { stride: number; extent: number } | undefined;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    if (extents[axis] === 1) continue;
    if (!merged) merged = { stride: strides[axis], extent: extents[axis] };
    else if (strides[axis] !== merged.stride * merged.extent) return undefined;
    else merged = { stride: merged.stride, extent: merged.extent * extents[axis] };
  }
  return merged?.stride ?? 0;
}
