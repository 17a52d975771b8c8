/**
 * @file Contractions through shared memory: each block computes a tile of results, with sums in registers. While one
 * slice of the operands is multiplied, the next one is on its way from memory.
 *
 * Order    the terms of a result are added by one thread in ascending order of depth; splits of the depth are added in
 *          order by a second launch
 */
import type { Access, BufferId, ContractionKernel, Statement, Store } from '@polyneuron/fusion';
import { type Shape, sizeOf } from '@polyneuron/graph';
import { type Axes, decode, indexedAxes, loadsOf, mergeAxes, spread, spreadStatements } from './axes.js';
import type { Tile } from './contractionForm.js';
import { emitStatements, loadFrom, storeTo } from './emitStatements.js';
import { floatArithmetic } from './floatTiles.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';
import { epiloguePlaces, operandAccesses } from './operandAccess.js';
import { tensorArithmetic } from './tensorTiles.js';
import type { TileArithmetic } from './tileArithmetic.js';

/** What becomes of the products of a tile. */
export type TileFinish =
  | {
      readonly kind: 'epilogue';
      readonly statements: readonly Statement[];
      readonly stores: readonly Store[];
    }
  /** Row by row, one after the other for each split. */
  | { readonly kind: 'partials'; readonly buffer: BufferId };

export function emitTiles(
  { buffers }: EmitContext,
  kernel: ContractionKernel,
  tile: Tile,
  splits: number,
  finish: TileFinish,
): CudaKernel {
  return new TileEmitter(new KernelWriter(buffers), kernel, tile, splits, finish).emit();
}

/** One operand of a tile: `lines` rows or columns by the depth of the tile. */
interface Side {
  readonly name: 'left' | 'right';
  readonly access: Access;
  readonly lines: number;
  /** Rows or columns of the whole operand. */
  readonly extent: number;
  /** Merged extents of those lines, and where they stand among all merged axes. */
  readonly shape: Shape;
  readonly firstAxis: number;
  /** Name of the first line of this block's tile. */
  readonly start: string;
}

class TileEmitter {
  private readonly sizes: readonly [batch: number, rows: number, columns: number, depth: number];
  private readonly axes: Axes;
  private readonly arithmetic: TileArithmetic;
  private readonly threads: number;
  private readonly writer: KernelWriter;
  private readonly kernel: ContractionKernel;
  private readonly tile: Tile;
  private readonly splits: number;
  private readonly finish: TileFinish;

  constructor(
    writer: KernelWriter,
    kernel: ContractionKernel,
    tile: Tile,
    splits: number,
    finish: TileFinish,
  ) {
    this.writer = writer;
    this.kernel = kernel;
    this.tile = tile;
    this.splits = splits;
    this.finish = finish;
    const { batch, rows, columns, depth } = kernel;
    this.sizes = [sizeOf(batch), sizeOf(rows), sizeOf(columns), sizeOf(depth)];
    this.axes = this.mergedAxes();
    this.arithmetic = tile.arithmetic === 'float32' ? floatArithmetic(tile) : tensorArithmetic(tile);
    this.threads = this.arithmetic.threads;
  }

  emit(): CudaKernel {
    const { writer, tile, threads, splits, arithmetic } = this;
    const [batch, rows, columns] = this.sizes;
    const [rowTiles, columnTiles] = [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns)];
    writer.line('const int t = (int)threadIdx.x;');
    const place = this.blockPlace([batch, splits, rowTiles, columnTiles]);
    const sides = this.sides(place.rows, place.columns);
    const { type, terms } = arithmetic.element;
    for (const { name, lines } of sides) {
      const extents = `[2][${tile.depth / terms}][${lines + arithmetic.padding}]`;
      writer.line(`__shared__ __align__(16) ${type} ${name}${extents};`);
    }
    arithmetic.emitStart(writer);
    const batchCoordinates = decode(writer, place.batch, this.axes.groups[0]);
    this.emitDepth(sides, batchCoordinates, place.split);
    this.emitResults(place, batchCoordinates);
    const suffix = tile.arithmetic === 'float32' ? '' : `_${tile.arithmetic}`;
    const name = `contraction_${tile.rows}x${tile.columns}x${tile.depth}${suffix}`;
    return writer.finish(name, batch * splits * rowTiles * columnTiles, threads);
  }

  private mergedAxes(): Axes {
    const { kernel } = this;
    const { batch, rows, columns, depth } = kernel;
    const { left, right } = operandAccesses(kernel);
    const { statements, stores } = this.epilogue();
    const own = [...loadsOf(statements), ...stores.map(({ access }) => access)];
    return mergeAxes(
      [batch, rows, columns, depth],
      [left, right, ...own.map((access) => spread(access, epiloguePlaces(kernel)))],
      indexedAxes(statements),
    );
  }

  private epilogue(): { readonly statements: readonly Statement[]; readonly stores: readonly Store[] } {
    return this.finish.kind === 'epilogue' ? this.finish : { statements: [], stores: [] };
  }

  /** Which batch, split, first row and first column a block has. */
  private blockPlace(counts: readonly number[]) {
    const { writer, tile } = this;
    const names: string[] = [];
    let rest = '(int)blockIdx.x';
    for (const count of [...counts].reverse()) {
      names.unshift(count === 1 ? '0' : writer.define('int', `${rest} % ${count}`, 'b'));
      if (count > 1) rest = `${rest} / ${count}`;
    }
    const [batch, split, rowTile, columnTile] = names;
    return {
      batch,
      split,
      rows: writer.integer(rowTile === '0' ? '0' : `${rowTile} * ${tile.rows}`),
      columns: writer.integer(columnTile === '0' ? '0' : `${columnTile} * ${tile.columns}`),
    };
  }

  private sides(rowStart: string, columnStart: string): Side[] {
    const { tile, axes, kernel } = this;
    const [, rows, columns] = this.sizes;
    const [batchAxes, rowAxes, columnAxes] = axes.groups;
    const { left, right } = operandAccesses(kernel);
    return [
      {
        name: 'left',
        access: axes.rebase(left),
        lines: tile.rows,
        extent: rows,
        shape: rowAxes,
        firstAxis: batchAxes.length,
        start: rowStart,
      },
      {
        name: 'right',
        access: axes.rebase(right),
        lines: tile.columns,
        extent: columns,
        shape: columnAxes,
        firstAxis: batchAxes.length + rowAxes.length,
        start: columnStart,
      },
    ];
  }

  /** The loop over slices of the depth, with two slices in shared memory. */
  private emitDepth(sides: readonly Side[], batch: readonly string[], split: string): void {
    const { writer, tile, splits } = this;
    const [, , , depth] = this.sizes;
    const perSplit = tile.depth * Math.ceil(Math.ceil(depth / splits) / tile.depth);
    const first = splits === 1 ? '0' : writer.integer(`${split} * ${perSplit}`);
    const last =
      splits === 1
        ? String(depth)
        : writer.define('int', `${first} + ${perSplit} < ${depth} ? ${first} + ${perSplit} : ${depth}`, 'e');
    for (const side of sides)
      writer.line(`float ${side.name}Next[${this.countOf(side) * this.arithmetic.element.terms}];`);
    const bring = (start: string) => {
      for (const side of sides) this.emitBring(side, batch, start, last);
    };
    const keep = (slice: string) => {
      for (const side of sides) this.emitKeep(side, slice);
    };
    bring(first);
    keep('0');
    writer.line('__syncthreads();');
    writer.line('int slice = 0;');
    writer.block(`for (int k = ${first}; k < ${last}; k += ${tile.depth})`, () => {
      const hasNext = `k + ${tile.depth} < ${last}`;
      writer.block(`if (${hasNext})`, () => bring(writer.integer(`k + ${tile.depth}`)));
      this.arithmetic.emitMultiply(writer);
      writer.block(`if (${hasNext})`, () => keep('slice ^ 1'));
      writer.line('__syncthreads();');
      writer.line('slice ^= 1;');
    });
  }

  /** Whether neighbouring threads read neighbouring terms of one line, rather than neighbouring lines. */
  private goesAlongDepth({ access, firstAxis, shape }: Side): boolean {
    const along = Math.abs(access.strides[access.strides.length - 1] ?? 0);
    const across = shape.length > 0 ? Math.abs(access.strides[firstAxis + shape.length - 1]) : 0;
    return this.axes.groups[3].length > 0 && along === 1 && across !== 1;
  }

  /** Elements of a slice that each thread moves. */
  private countOf({ lines }: Side): number {
    return (lines * this.tile.depth) / this.arithmetic.element.terms / this.threads;
  }

  /** Line and place along the depth, inside the tile, of element `l` that a thread moves. */
  private elementOf(side: Side): { readonly line: string; readonly place: string } {
    const { tile, threads, arithmetic } = this;
    const element = `(t + l * ${threads})`;
    const depth = tile.depth / arithmetic.element.terms;
    return this.goesAlongDepth(side)
      ? { line: `${element} / ${depth}`, place: `${element} % ${depth}` }
      : { line: `${element} % ${side.lines}`, place: `${element} / ${side.lines}` };
  }

  /** Reads this thread's terms of a slice into registers; zeros beyond the ends. */
  private emitBring(side: Side, batch: readonly string[], start: string, last: string): void {
    const { writer } = this;
    const { terms } = this.arithmetic.element;
    writer.line('#pragma unroll');
    writer.block(`for (int l = 0; l < ${this.countOf(side)}; l++)`, () => {
      const { line, place } = this.elementOf(side);
      const at = writer.define('int', `${side.start} + ${line}`, 'm');
      for (let term = 0; term < terms; term++) {
        const inSlice = terms === 1 ? place : `${place} * ${terms} + ${term}`;
        const k = writer.define('int', start === '0' ? inSlice : `${start} + ${inSlice}`, 'k');
        const next = `${side.name}Next[${terms === 1 ? 'l' : `l * ${terms} + ${term}`}]`;
        writer.line(`${next} = 0.0f;`);
        writer.block(`if (${at} < ${side.extent} && ${k} < ${last})`, () =>
          writer.line(`${next} = ${this.operandAt(side, batch, at, k)};`),
        );
      }
    });
  }

  private operandAt(
    { access, shape, firstAxis }: Side,
    batch: readonly string[],
    at: string,
    k: string,
  ): string {
    const { writer, axes } = this;
    const depthAxes = axes.groups[3];
    const coordinates = axes.groups.flat().map(() => '0');
    coordinates.splice(0, batch.length, ...batch);
    coordinates.splice(firstAxis, shape.length, ...decode(writer, at, shape));
    coordinates.splice(
      coordinates.length - depthAxes.length,
      depthAxes.length,
      ...decode(writer, k, depthAxes),
    );
    return loadFrom(writer, access, coordinates, 'float32');
  }

  /** Puts the registers into a slice of shared memory. */
  private emitKeep(side: Side, slice: string): void {
    const { writer, arithmetic } = this;
    const { terms } = arithmetic.element;
    const { line, place } = this.elementOf(side);
    const values = Array.from({ length: terms }, (_, term) =>
      terms === 1 ? `${side.name}Next[l]` : `${side.name}Next[l * ${terms} + ${term}]`,
    );
    writer.line('#pragma unroll');
    writer.line(
      `for (int l = 0; l < ${this.countOf(side)}; l++) ${side.name}[${slice}][${place}][${line}] = ${arithmetic.pack(writer, values)};`,
    );
  }

  private emitResults(
    place: {
      readonly batch: string;
      readonly split: string;
      readonly rows: string;
      readonly columns: string;
    },
    batch: readonly string[],
  ): void {
    const { writer, tile, arithmetic, finish } = this;
    const [batches, rows, columns] = this.sizes;
    arithmetic.emitResults(writer, ({ row, column, value }) => {
      const m = writer.define('int', `${place.rows} + ${row}`, 'm');
      const n = writer.define('int', `${place.columns} + ${column}`, 'n');
      const conditions = [
        ...(rows % tile.rows === 0 ? [] : [`${m} < ${rows}`]),
        ...(columns % tile.columns === 0 ? [] : [`${n} < ${columns}`]),
      ];
      writer.block(conditions.length > 0 ? `if (${conditions.join(' && ')})` : '', () => {
        if (finish.kind === 'epilogue') return this.emitEpilogue(batch, m, n, value);
        const at = `((${place.split} * ${batches} + ${place.batch}) * ${rows} + ${m}) * ${columns} + ${n}`;
        writer.line(`${writer.pointer(finish.buffer, true)}[${writer.integer(at)}] = ${value};`);
      });
    });
  }

  private emitEpilogue(batch: readonly string[], m: string, n: string, product: string): void {
    const { writer, axes, kernel } = this;
    const places = epiloguePlaces(kernel);
    const { statements, stores } = this.epilogue();
    const [, rowAxes, columnAxes, depthAxes] = axes.groups;
    const coordinates = [
      ...batch,
      ...decode(writer, m, rowAxes),
      ...decode(writer, n, columnAxes),
      ...depthAxes.map(() => '0'),
    ];
    const roots = stores.map(({ value }) => value);
    const spreadOut = spreadStatements(statements, places);
    const names = emitStatements(writer, spreadOut, roots, { axes, coordinates }, product);
    for (const { value, access } of stores)
      storeTo(writer, axes.rebase(spread(access, places)), coordinates, names[value]);
  }
}
