/**
 * @file Sums and maxima over some axes of a domain, with what follows from them, in a fixed order of additions.
 *
 * The threads of a block share the terms of a result: each adds every n-th term in order, then warps add by shuffles,
 * and blocks through shared memory. Where few results have many terms, several blocks share them too, and a second
 * launch folds the partial results. No atomics: the same bits on every run.
 */
import type { Access, BufferId, Statement, Store } from '@polyneuron/fusion';
import { type DType, type Shape, sizeOf, stridesOf } from '@polyneuron/graph';
import { type Axes, decode, indexedAxes, loadsOf, mergeAxes, spread, spreadStatements } from './axes.js';
import { emitStatements, storeTo } from './emitStatements.js';
import { type FoldShape, foldShape } from './foldShape.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';
import { literal, typeOf } from './literals.js';

export interface FoldValue {
  readonly value: number;
  readonly op: 'sum' | 'max';
  readonly dtype: DType;
}

/** What becomes of the finished values, over the outer axes. */
export type Finish =
  /** One access per value. */
  | { readonly kind: 'results'; readonly accesses: readonly Access[] }
  /** Statements whose `product` is the first value. */
  | {
      readonly kind: 'epilogue';
      readonly statements: readonly Statement[];
      readonly stores: readonly Store[];
    }
  /** One buffer per value, which holds the results of each split row by row. */
  | { readonly kind: 'partials'; readonly buffers: readonly BufferId[] };

export interface Fold {
  /** Axes of the results. */
  readonly outer: Shape;
  /** Axes that are folded. */
  readonly inner: Shape;
  /** Over [...outer, ...inner]. */
  readonly statements: readonly Statement[];
  /** At every point. */
  readonly stores: readonly Store[];
  readonly values: readonly FoldValue[];
  readonly finish: Finish;
}

export function emitFold(context: EmitContext, fold: Fold): CudaKernel[] {
  const { outer, inner, values } = fold;
  const results = sizeOf(outer);
  if (results === 0) return [];
  const axes = axesOf(fold);
  const shape = foldShape(results, sizeOf(inner), goesAlong(fold, axes));
  if (shape.splits === 1) return [foldKernel(context, fold, axes, shape)];
  const buffers = values.map(({ dtype }) => context.scratch('partial', dtype, shape.splits * results));
  const strides = [...stridesOf(outer), results];
  return [
    foldKernel(context, { ...fold, finish: { kind: 'partials', buffers } }, axes, shape),
    ...emitFold(context, {
      outer,
      inner: [shape.splits],
      statements: buffers.map((buffer, at) => ({
        op: 'load',
        access: { buffer, offset: 0, strides },
        dtype: values[at].dtype,
      })),
      stores: [],
      values: values.map((value, at) => ({ ...value, value: at })),
      finish: fold.finish,
    }),
  ];
}

/** Accesses over the outer axes, as accesses over all. */
const overAll = ({ outer, inner }: Fold): (number | undefined)[] => [
  ...outer.keys(),
  ...inner.map(() => undefined),
];

function axesOf(fold: Fold): Axes {
  const { outer, inner, statements, stores, finish } = fold;
  const outside =
    finish.kind === 'results'
      ? finish.accesses
      : finish.kind === 'epilogue'
        ? [...loadsOf(finish.statements), ...finish.stores.map(({ access }) => access)]
        : [];
  const accesses = [
    ...loadsOf(statements),
    ...stores.map(({ access }) => access),
    ...outside.map((access) => spread(access, overAll(fold))),
  ];
  const fixed = indexedAxes([...statements, ...(finish.kind === 'epilogue' ? finish.statements : [])]);
  return mergeAxes([outer, inner], accesses, fixed);
}

/** Whether neighbouring terms, more often than neighbouring results, lie side by side. */
function goesAlong({ statements, stores }: Fold, axes: Axes): boolean {
  const [outer, inner] = axes.groups;
  const last = outer.length - 1;
  const accesses = [...loadsOf(statements), ...stores.map(({ access }) => access)].map(axes.rebase);
  const sideBySide = (axis: number) =>
    accesses.filter(({ strides }) => Math.abs(strides[axis] ?? 0) === 1).length;
  const [terms, results] = [sideBySide(last + inner.length), sideBySide(last)];
  // Equal: results that share a term get it in one read, if they fill part of a warp
  return inner.length > 0 && (terms > results || (terms === results && (outer[last] ?? 1) < 8));
}

function foldKernel({ buffers }: EmitContext, fold: Fold, axes: Axes, shape: FoldShape): CudaKernel {
  const { across, along, splits } = shape;
  const writer = new KernelWriter(buffers);
  const results = sizeOf(fold.outer);
  const threads = across * along;
  const tiles = Math.ceil(results / across);
  const thread = writer.define('int', '(int)threadIdx.x', 't');
  const [part, column] = dividedThread(writer, thread, shape);
  const split = splits === 1 ? '0' : writer.define('int', `(int)(blockIdx.x % ${splits})`, 's');
  const tile = splits === 1 ? '(int)blockIdx.x' : `(int)(blockIdx.x / ${splits})`;
  const result = tiles === 1 ? column : writer.define('int', placeInTiles(tile, across, column), 'r');
  const isIn = results % across === 0 ? '' : `${result} < ${results}`;
  const totals = fold.values.map(({ op, dtype }) => {
    const name = writer.name('total');
    writer.line(`${typeOf(dtype)} ${name} = ${identity(op, dtype)};`);
    return name;
  });
  writer.block(isIn ? `if (${isIn})` : '', () =>
    emitTerms(writer, fold, axes, shape, { result, part, split, totals }),
  );
  const takeTotals = along === 1 ? () => {} : emitCombine(writer, fold, shape, { thread, part, totals });
  const condition = [along > 1 ? `${part} == 0` : '', isIn].filter(Boolean).join(' && ');
  writer.block(condition ? `if (${condition})` : '', () => {
    takeTotals();
    emitFinish(writer, fold, axes, { result, split, totals });
  });
  return writer.finish(`fold_${across}x${along}`, tiles * splits, threads);
}

/** Place of a thread among those that share a result, and of that result in the block. */
function dividedThread(
  writer: KernelWriter,
  thread: string,
  { across, along, isAlongFirst }: FoldShape,
): [part: string, column: string] {
  if (along === 1) return ['0', thread];
  if (across === 1) return [thread, '0'];
  return isAlongFirst
    ? [writer.integer(`${thread} % ${along}`), writer.integer(`${thread} / ${along}`)]
    : [writer.integer(`${thread} / ${across}`), writer.integer(`${thread} % ${across}`)];
}

const placeInTiles = (tile: string, across: number, column: string): string =>
  across === 1 ? tile : `${tile} * ${across} + ${column}`;

function identity(op: FoldValue['op'], dtype: DType): string {
  if (op === 'sum') return literal(0, dtype);
  return literal(dtype === 'float32' ? Number.NEGATIVE_INFINITY : -(2 ** 31), dtype);
}

function merge(writer: KernelWriter, { op, dtype }: FoldValue, a: string, b: string): string {
  if (op === 'max') return writer.call(dtype === 'float32' ? 'maxOf' : 'maxInt', a, b);
  return dtype === 'float32' ? `${a} + ${b}` : writer.call('addInt', a, b);
}

interface Place {
  readonly result: string;
  readonly split: string;
  readonly totals: readonly string[];
}

/** The terms of one thread, in order. */
function emitTerms(
  writer: KernelWriter,
  { inner, statements, stores, values }: Fold,
  axes: Axes,
  { along, splits }: FoldShape,
  { result, part, split, totals }: Place & { readonly part: string },
): void {
  const terms = sizeOf(inner);
  const outside = decode(writer, result, axes.groups[0]);
  const start = splits === 1 ? part : along === 1 ? split : `${split} * ${along} + ${part}`;
  const term = writer.name('k');
  const loop = `for (int ${term} = ${start}; ${term} < ${terms}; ${term} += ${along * splits})`;
  writer.block(loop, () => {
    const coordinates = [...outside, ...decode(writer, term, axes.groups[1])];
    const roots = [...values, ...stores].map(({ value }) => value);
    const names = emitStatements(writer, statements, roots, { axes, coordinates });
    for (const { value, access } of stores) storeTo(writer, axes.rebase(access), coordinates, names[value]);
    values.forEach((value, at) => {
      writer.line(`${totals[at]} = ${merge(writer, value, totals[at], names[value.value])};`);
    });
  });
}

/**
 * Joins the totals of the threads that share a result. Returns what the first of them does before it uses its totals.
 */
function emitCombine(
  writer: KernelWriter,
  { values }: Fold,
  { across, along, isAlongFirst }: FoldShape,
  { thread, part, totals }: { thread: string; part: string; totals: readonly string[] },
): () => void {
  const threads = across * along;
  const names = values.map(() => writer.name('shared'));
  const declare = (count: number) =>
    values.forEach(({ dtype }, at) => {
      writer.line(`__shared__ ${typeOf(dtype)} ${names[at]}[${count}];`);
    });
  if (!isAlongFirst) {
    declare(threads);
    for (const [at, total] of totals.entries()) writer.line(`${names[at]}[${thread}] = ${total};`);
    const distance = writer.name('d');
    writer.block(`for (int ${distance} = ${along / 2}; ${distance} > 0; ${distance} /= 2)`, () => {
      writer.line('__syncthreads();');
      const other = `${thread} + ${distance} * ${across}`;
      writer.block(`if (${part} < ${distance})`, () => {
        for (const [at, value] of values.entries()) {
          const [own, rest] = [`${names[at]}[${thread}]`, `${names[at]}[${other}]`];
          writer.line(`${own} = ${merge(writer, value, own, rest)};`);
        }
      });
    });
    return () => {
      for (const [at, total] of totals.entries()) writer.line(`${total} = ${names[at]}[${thread}];`);
    };
  }
  for (let distance = Math.min(along, 32) / 2; distance >= 1; distance /= 2)
    for (const [at, value] of values.entries()) {
      const other = `__shfl_xor_sync(0xffffffffu, ${totals[at]}, ${distance})`;
      writer.line(`${totals[at]} = ${merge(writer, value, totals[at], other)};`);
    }
  if (along <= 32) return () => {};
  declare(threads / 32);
  writer.block(`if (${thread} % 32 == 0)`, () => {
    for (const [at, total] of totals.entries()) writer.line(`${names[at]}[${thread} / 32] = ${total};`);
  });
  writer.line('__syncthreads();');
  return () => {
    const warp = writer.name('w');
    writer.block(`for (int ${warp} = 1; ${warp} < ${along / 32}; ${warp}++)`, () => {
      for (const [at, value] of values.entries()) {
        const other = `${names[at]}[${thread} / 32 + ${warp}]`;
        writer.line(`${totals[at]} = ${merge(writer, value, totals[at], other)};`);
      }
    });
  };
}

function emitFinish(writer: KernelWriter, fold: Fold, axes: Axes, { result, split, totals }: Place): void {
  const { outer, finish } = fold;
  if (finish.kind === 'partials') {
    const place = writer.integer(`${split} * ${sizeOf(outer)} + ${result}`);
    for (const [at, buffer] of finish.buffers.entries())
      writer.line(`${writer.pointer(buffer, true)}[${place}] = ${totals[at]};`);
    return;
  }
  const coordinates = decode(writer, result, axes.groups[0]);
  const store = (access: Access, value: string) =>
    storeTo(writer, axes.rebase(spread(access, overAll(fold))), coordinates, value);
  if (finish.kind === 'results') {
    for (const [at, access] of finish.accesses.entries()) store(access, totals[at]);
    return;
  }
  const statements = spreadStatements(finish.statements, overAll(fold));
  const roots = finish.stores.map(({ value }) => value);
  const names = emitStatements(writer, statements, roots, { axes, coordinates }, totals[0]);
  for (const { value, access } of finish.stores) store(access, names[value]);
}
