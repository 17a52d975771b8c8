import type { Access, Statement } from '@polyneuron/fusion';
import { type Shape, sizeOf } from '@polyneuron/graph';

/** Statements over merged axes: those of the results first, then those that are folded. */
export interface Nest {
  readonly outer: readonly number[];
  readonly inner: readonly number[];
  readonly statements: readonly Statement[];
}

/**
 * Merges neighbouring axes that every access walks as one, and drops those of extent 1. `domain` has the axes of the
 * results first; `outerCount` says how many they are.
 */
export function mergeAxes(domain: Shape, outerCount: number, statements: readonly Statement[]): Nest {
  const accesses = loadsOf(statements);
  const fixed = fixedAxes(statements);
  // Each group by its original axes
  const groups: number[][] = [];
  domain.forEach((extent, axis) => {
    if (extent === 1) return;
    const last = groups.at(-1);
    const previous = last?.at(-1);
    const joins =
      last !== undefined &&
      previous !== undefined &&
      previous < outerCount === axis < outerCount &&
      !fixed.has(axis) &&
      !fixed.has(previous) &&
      accesses.every(({ strides }) => strides[previous] === strides[axis] * extent);
    if (joins) last.push(axis);
    else groups.push([axis]);
  });
  const extentsOf = (isOuter: boolean) =>
    groups
      .filter(([axis]) => axis < outerCount === isOuter)
      .map((axes) => sizeOf(axes.map((axis) => domain[axis])));
  return {
    outer: extentsOf(true),
    inner: extentsOf(false),
    statements: statements.map((statement): Statement => {
      if (statement.op === 'load')
        return {
          ...statement,
          access: withStrides(
            statement.access,
            groups.map((axes) => statement.access.strides[axes.at(-1) as number]),
          ),
        };
      if (statement.op !== 'index') return statement;
      const axis = groups.findIndex(([first]) => first === statement.axis);
      return axis < 0 ? { op: 'literal', value: 0, dtype: 'int32' } : { ...statement, axis };
    }),
  };
}

export const withStrides = (access: Access, strides: readonly number[]): Access => ({ ...access, strides });

/** Reorders the axes of all statements: new axis `at` is the old axis `order[at]`. */
export function reorderAxes(statements: readonly Statement[], order: readonly number[]): Statement[] {
  return statements.map((statement): Statement => {
    if (statement.op === 'load')
      return {
        ...statement,
        access: withStrides(
          statement.access,
          order.map((axis) => statement.access.strides[axis]),
        ),
      };
    return statement.op === 'index' ? { ...statement, axis: order.indexOf(statement.axis) } : statement;
  });
}

export const loadsOf = (statements: readonly Statement[]): Access[] =>
  statements.flatMap((statement) => (statement.op === 'load' ? [statement.access] : []));

const fixedAxes = (statements: readonly Statement[]): Set<number> =>
  new Set(statements.flatMap((statement) => (statement.op === 'index' ? [statement.axis] : [])));

/** Statements that `roots` depend on. */
export function liveStatements(statements: readonly Statement[], roots: readonly number[]): Set<number> {
  const live = new Set(roots);
  for (let at = statements.length - 1; at >= 0; at--) {
    const statement = statements[at];
    if (live.has(at) && 'operands' in statement) for (const operand of statement.operands) live.add(operand);
  }
  return live;
}

/** Only the statements that `roots` depend on, renumbered; returns them and the new places of the roots. */
export function pruneStatements(
  statements: readonly Statement[],
  roots: readonly number[],
): { readonly statements: Statement[]; readonly roots: number[] } {
  const live = liveStatements(statements, roots);
  const places = new Map<number, number>();
  const kept: Statement[] = [];
  statements.forEach((statement, at) => {
    if (!live.has(at)) return;
    places.set(at, kept.length);
    kept.push(
      'operands' in statement
        ? { ...statement, operands: statement.operands.map((operand) => places.get(operand) as number) }
        : statement,
    );
  });
  return { statements: kept, roots: roots.map((root) => places.get(root) as number) };
}
