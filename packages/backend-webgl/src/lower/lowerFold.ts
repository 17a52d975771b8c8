import type { BufferId, Statement } from '@polyneuron/fusion';
import { contiguous } from '@polyneuron/fusion';
import { type DType, type Shape, sizeOf } from '@polyneuron/graph';
import { intLiteral, vectorLiteral, vectorType } from '../glsl/expressions.js';
import { Shader, type ShaderTarget } from '../glsl/shader.js';
import { decodeCoordinates, decodeOne } from './decode.js';
import { type Coordinate, emitStatements, isAligned } from './emitStatements.js';
import type { Finish } from './finish.js';
import { type Lowered, lowered, lowerMap, readCount } from './lowerMap.js';
import { loadsOf, mergeAxes, type Nest, pruneStatements } from './nest.js';
import type { LoweringContext, Pass } from './pass.js';

export interface Fold {
  readonly value: number;
  readonly op: 'sum' | 'max';
  readonly dtype: DType;
  /** Holds the results row by row. */
  readonly buffer: BufferId;
}

/** Folds of this many terms and more, */
const longFold = 512;
/** into this many results and fewer, go in two passes: one fragment would do too much of the work alone. */
const fewResults = 1024;

/** Sums and maxima over the axes of a domain from `outerCount` on. */
export function lowerFold(
  context: LoweringContext,
  domain: Shape,
  outerCount: number,
  statements: readonly Statement[],
  folds: readonly Fold[],
  finish?: Finish,
): Lowered {
  const { limits } = context;
  const pruned = pruneStatements(
    statements,
    folds.map(({ value }) => value),
  );
  const isWide = readCount(context, pruned.statements) > limits.samplers;
  if (folds.length > 1 && (folds.length > limits.targets || isWide)) {
    const half = folds.length >> 1;
    const [first, second] = [folds.slice(0, half), folds.slice(half)].map((part) =>
      lowerFold(context, domain, outerCount, statements, part),
    );
    return { before: [...first.before, ...second.before], passes: [...first.passes, ...second.passes] };
  }
  if (isWide) {
    const [fold] = folds;
    const buffer = context.scratch('folded', fold.dtype, sizeOf(domain));
    const values = lowerMap(context, domain, statements, [{ value: fold.value, buffer }]);
    const load: Statement = { op: 'load', access: contiguous(buffer, domain), dtype: fold.dtype };
    const rest = lowerFold(context, domain, outerCount, [load], [{ ...fold, value: 0 }]);
    return { before: [...values.before, ...values.passes, ...rest.before], passes: rest.passes };
  }
  const nest = mergeAxes(domain, outerCount, pruned.statements);
  const placed = folds.map((fold, at) => ({ ...fold, value: pruned.roots[at] }));
  return splitLong(context, nest, placed, finish) ?? lowered(foldPass(context, nest, placed, finish));
}

/** Two passes where one would leave most of the device idle: partial results, then their fold. */
function splitLong(
  context: LoweringContext,
  nest: Nest,
  folds: readonly Fold[],
  finish: Finish | undefined,
): Lowered | undefined {
  const { outer, inner, statements } = nest;
  if (sizeOf(inner) < longFold || sizeOf(outer) > fewResults) return undefined;
  const longest = inner.indexOf(Math.max(...inner));
  const axis = outer.length + longest;
  if (statements.some((statement) => statement.op === 'index' && statement.axis === axis)) return undefined;
  const extent = inner[longest];
  const parts = divisorNear(extent, Math.sqrt(sizeOf(inner)));
  if (parts === 1) return undefined;
  const length = extent / parts;
  const split: Nest = {
    outer: [...outer, parts],
    inner: inner.map((size, at) => (at === longest ? length : size)),
    statements: statements.map((statement): Statement => {
      if (statement.op === 'load') {
        const { strides } = statement.access;
        const spread = [
          ...strides.slice(0, outer.length),
          strides[axis] * length,
          ...strides.slice(outer.length),
        ];
        return { ...statement, access: { ...statement.access, strides: spread } };
      }
      return statement.op === 'index' && statement.axis >= outer.length
        ? { ...statement, axis: statement.axis + 1 }
        : statement;
    }),
  };
  const partial = folds.map(({ dtype }) => context.scratch('partial', dtype, sizeOf(split.outer)));
  const first = foldPass(
    context,
    split,
    folds.map((fold, at) => ({ ...fold, buffer: partial[at] })),
  );
  const second = lowerFold(
    context,
    split.outer,
    outer.length,
    folds.map(({ dtype }, at) => ({ op: 'load', access: contiguous(partial[at], split.outer), dtype })),
    folds.map((fold, at) => ({ ...fold, value: at })),
    finish,
  );
  return { before: [first, ...second.before], passes: second.passes };
}

/** The divisor of `extent` nearest to `wanted` from above, at most four times as large; 1 where there is none. */
function divisorNear(extent: number, wanted: number): number {
  for (let parts = Math.ceil(wanted); parts <= Math.min(4 * wanted, extent / 2); parts++)
    if (extent % parts === 0) return parts;
  for (let parts = Math.floor(wanted); parts >= Math.max(2, wanted / 8); parts--)
    if (extent % parts === 0) return parts;
  return 1;
}

function foldPass(context: LoweringContext, nest: Nest, folds: readonly Fold[], finish?: Finish): Pass {
  const kept = folds.filter(({ buffer }) => !finish || finish.kept.includes(buffer));
  const targets = [...kept, ...(finish?.outputs ?? [])].map(({ buffer }) => buffer);
  const shader = new Shader(context, targets);
  const values = foldsAlong(nest) ? emitAlong(shader, nest, folds) : emitAcross(shader, nest, folds);
  const results = [
    ...kept.map((fold) => ({ dtype: fold.dtype, value: values[folds.indexOf(fold)] })),
    ...(finish ? emitFinish(shader, finish, folds, values) : []),
  ];
  return { source: shader.source(results), reads: shader.reads, targets, size: sizeOf(nest.outer) };
}

/** The map over the results, which it finds in `values` instead of memory. */
function emitFinish(
  shader: Shader,
  { domain, statements, outputs }: Finish,
  folds: readonly Fold[],
  values: readonly string[],
): ShaderTarget[] {
  const pruned = pruneStatements(
    statements,
    outputs.map(({ value }) => value),
  );
  const { outer, statements: merged } = mergeAxes(domain, domain.length, pruned.statements);
  const names = emitStatements({
    shader,
    statements: merged,
    coordinates: decodeCoordinates(shader, outer),
    rows: outer,
    loaded: ({ buffer }) => values[folds.findIndex((fold) => fold.buffer === buffer)],
  });
  return pruned.roots.map((root) => ({ dtype: merged[root].dtype, value: names[root] }));
}

/**
 * Whether the four elements of a vector are four terms of one result rather than terms of four results: where terms
 * lie side by side and results do not.
 */
function foldsAlong({ outer, inner, statements }: Nest): boolean {
  const extents = [...outer, ...inner];
  const along = extents.length - 1;
  const last = inner.at(-1);
  if (last === undefined || last % 4 !== 0) return false;
  const loads = loadsOf(statements);
  const isFine = (axis: number) =>
    loads.every((access) => access.strides[axis] === 0 || isAligned(access, axis));
  if (!isFine(along)) return false;
  const across = outer.length - 1;
  if (across < 0) return true;
  return (across > 0 && outer[across] % 4 !== 0) || !isFine(across);
}

const startOf = ({ op, dtype }: Fold): string =>
  vectorLiteral(op === 'sum' ? 0 : dtype === 'int32' ? -(2 ** 31) : Number.NEGATIVE_INFINITY, dtype);

const combine = (shader: Shader, { op, dtype }: Fold, a: string, b: string): string => {
  if (op === 'sum') return `${a} + ${b}`;
  return dtype === 'float32' ? shader.call('maxOf', a, b) : `max(${a}, ${b})`;
};

/** Terms of four results at a time. */
function emitAcross(shader: Shader, { outer, inner, statements }: Nest, folds: readonly Fold[]): string[] {
  const results = decodeCoordinates(shader, outer);
  const totals = folds.map((fold) => shader.define(vectorType(fold.dtype), startOf(fold), 'total'));
  emitLoops(shader, inner, false, (terms) => {
    const names = emitStatements({
      shader,
      statements,
      coordinates: [...results, ...terms],
      rows: outer,
    });
    folds.forEach((fold, at) =>
      shader.line(`${totals[at]} = ${combine(shader, fold, totals[at], names[fold.value])};`),
    );
  });
  return totals;
}

/** Four terms of one result at a time, one result after the other. */
function emitAlong(shader: Shader, { outer, inner, statements }: Nest, folds: readonly Fold[]): string[] {
  const values = folds.map((fold) => shader.define(vectorType(fold.dtype), startOf(fold), 'result'));
  const emitOne = (results: readonly Coordinate[]) => {
    const totals = folds.map((fold) => shader.define(vectorType(fold.dtype), startOf(fold), 'total'));
    emitLoops(shader, inner, true, (terms) => {
      const names = emitStatements({
        shader,
        statements,
        coordinates: [...results, ...terms],
      });
      folds.forEach((fold, at) =>
        shader.line(`${totals[at]} = ${combine(shader, fold, totals[at], names[fold.value])};`),
      );
    });
    folds.forEach((fold, at) => {
      shader.line(`${totals[at]} = ${combine(shader, fold, totals[at], `${totals[at]}.zwxy`)};`);
      shader.line(`${totals[at]} = ${combine(shader, fold, totals[at], `${totals[at]}.yxwz`)};`);
      // After four results the first has moved to x
      shader.line(`${values[at]} = ${vectorType(fold.dtype)}(${values[at]}.yzw, ${totals[at]}.x);`);
    });
  };
  if (outer.length === 0) {
    emitOne([]);
    return values.map((value) => `${value}.wwww`);
  }
  shader.block('for (int lane = 0; lane < 4; lane++)', () =>
    emitOne(decodeOne(shader, outer, shader.define('int', 'first + lane', 'i'))),
  );
  return values;
}

/** Loops over the folded axes; with `inFours` the last one is a lane coordinate. */
export function emitLoops(
  shader: Shader,
  extents: readonly number[],
  inFours: boolean,
  body: (coordinates: Coordinate[]) => void,
  outer: Coordinate[] = [],
): void {
  const [extent, ...rest] = extents;
  if (extent === undefined) {
    body(outer);
    return;
  }
  const isLane = inFours && rest.length === 0;
  const name = shader.name('k');
  const step = isLane ? `${name} += 4` : `${name}++`;
  shader.block(`for (int ${name} = 0; ${name} < ${intLiteral(extent)}; ${step})`, () =>
    emitLoops(shader, rest, inFours, body, [...outer, { kind: isLane ? 'lane' : 'scalar', name }]),
  );
}
