import type { Access, Statement } from '@polyneuron/fusion';
import { type Shape, sizeOf } from '@polyneuron/graph';
import type { KernelWriter } from './kernelWriter.js';

/**
 * A domain with as few axes as its accesses allow: neighbours that every access walks as one are merged, those of
 * extent 1 dropped. Fewer axes are fewer divisions per thread.
 */
export interface Axes {
  /** Merged extents of each group of axes. */
  readonly groups: readonly Shape[];
  /** The same access over the merged axes. */
  rebase(access: Access): Access;
  /** Merged axis of an axis that statements ask the index of; undefined where its extent is 1. */
  axisOf(axis: number): number | undefined;
}

/** Axes of different groups are never merged, nor those in `fixed`. */
export function mergeAxes(
  groups: readonly Shape[],
  accesses: readonly Access[],
  fixed: ReadonlySet<number>,
): Axes {
  const domain = groups.flat();
  const groupOf = groups.flatMap((group, at) => group.map(() => at));
  const runs: number[][] = [];
  domain.forEach((extent, axis) => {
    if (extent === 1) return;
    const run = runs.at(-1);
    const previous = run?.at(-1);
    const joins =
      previous !== undefined &&
      groupOf[previous] === groupOf[axis] &&
      !fixed.has(axis) &&
      !fixed.has(previous) &&
      accesses.every(({ strides }) => strides[previous] === strides[axis] * extent);
    if (joins) run?.push(axis);
    else runs.push([axis]);
  });
  return {
    groups: groups.map((_, at) =>
      runs.filter(([axis]) => groupOf[axis] === at).map((run) => sizeOf(run.map((axis) => domain[axis]))),
    ),
    rebase: (access) => ({
      ...access,
      strides: runs.map((run) => access.strides[run[run.length - 1]]),
    }),
    axisOf: (axis) => {
      const at = runs.findIndex(([first]) => first === axis);
      return at < 0 ? undefined : at;
    },
  };
}

/** Axes whose coordinate is a value of some statement. */
export const indexedAxes = (statements: readonly Statement[]): Set<number> =>
  new Set(statements.flatMap((statement) => (statement.op === 'index' ? [statement.axis] : [])));

export const loadsOf = (statements: readonly Statement[]): Access[] =>
  statements.flatMap((statement) => (statement.op === 'load' ? [statement.access] : []));

/** The same access over a domain with axes of stride 0 in other places; `places[i]` is the old axis of new axis i. */
export const spread = (access: Access, places: readonly (number | undefined)[]): Access => ({
  ...access,
  strides: places.map((axis) => (axis === undefined ? 0 : access.strides[axis])),
});

/** Statements over a domain whose axis i is the old axis `places[i]`, or a new one. */
export const spreadStatements = (
  statements: readonly Statement[],
  places: readonly (number | undefined)[],
): Statement[] =>
  statements.map((statement): Statement => {
    if (statement.op === 'load') return { ...statement, access: spread(statement.access, places) };
    return statement.op === 'index' ? { ...statement, axis: places.indexOf(statement.axis) } : statement;
  });

/** Names of the coordinates of a linear index. */
export function decode(writer: KernelWriter, linear: string, extents: Shape): string[] {
  const names: string[] = [];
  let rest = linear;
  const first = extents.findIndex((extent) => extent !== 1);
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    if (extents[axis] === 1) names.unshift('0');
    else if (axis === first) names.unshift(rest);
    else {
      names.unshift(writer.integer(`${rest} % ${extents[axis]}`));
      rest = writer.integer(`${rest} / ${extents[axis]}`);
    }
  }
  return names;
}

/** offset + Σ strides · coordinates, in elements. */
export function placeOf({ offset, strides }: Access, coordinates: readonly string[]): string {
  const terms: string[] = [];
  strides.forEach((stride, axis) => {
    if (stride === 0) return;
    const size = Math.abs(stride) === 1 ? coordinates[axis] : `${Math.abs(stride)} * ${coordinates[axis]}`;
    if (stride < 0) terms.push(`- ${size}`);
    else terms.push(terms.length > 0 || offset !== 0 ? `+ ${size}` : size);
  });
  return [
    ...(offset !== 0 || terms.length === 0 || terms[0].startsWith('- ') ? [String(offset)] : []),
    ...terms,
  ].join(' ');
}
