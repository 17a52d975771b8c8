/**
 * @file Contractions through shared memory: each block computes a tile of results, each thread 4 by 4 or 8 by 8 of them
 * in registers. While one slice of the operands is multiplied, the next one is on its way from memory.
 *
 * Order    the terms of a result are added by one thread in ascending order of depth; splits of the depth are added in
 *          order by a second launch
 */
import type { Access, BufferId, ContractionKernel, Statement, Store } from '@polyneuron/fusion';
import { type Shape, sizeOf } from '@polyneuron/graph';
import { type Axes, decode, indexedAxes, loadsOf, mergeAxes, spread, spreadStatements } from './axes.js';
import type { Tile } from './contractionForm.js';
import { emitStatements, loadFrom, storeTo } from './emitStatements.js';
import type { CudaKernel, EmitContext } from './kernel.js';
import { KernelWriter } from './kernelWriter.js';

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
    this.threads = (tile.rows / tile.perThread) * (tile.columns / tile.perThread);
  }

  emit(): CudaKernel {
    const { writer, tile, threads, splits } = this;
    const [batch, rows, columns] = this.sizes;
    const { perThread } = tile;
    const [rowTiles, columnTiles] = [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns)];
    writer.line('const int t = (int)threadIdx.x;');
    const place = this.blockPlace([batch, splits, rowTiles, columnTiles]);
    const acrossThreads = tile.columns / perThread;
    writer.line(`const int row = t / ${acrossThreads} * 4, column = t % ${acrossThreads} * 4;`);
    const sides = this.sides(place.rows, place.columns);
    for (const { name, lines } of sides)
      writer.line(`__shared__ __align__(16) float ${name}[2][${tile.depth}][${lines + 4}];`);
    writer.line(`float sum[${perThread}][${perThread}] = {};`);
    const batchCoordinates = decode(writer, place.batch, this.axes.groups[0]);
    this.emitDepth(sides, batchCoordinates, place.split);
    this.emitResults(place, batchCoordinates);
    const name = `contraction_${tile.rows}x${tile.columns}x${tile.depth}`;
    return writer.finish(name, batch * splits * rowTiles * columnTiles, threads);
  }

  private mergedAxes(): Axes {
    const { batch, rows, columns, depth, left, right } = this.kernel;
    const [b, r, c, d] = [batch, rows, columns, depth].map(({ length }) => length);
    const range = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);
    const none = (count: number) => new Array<undefined>(count).fill(undefined);
    const overDepth = (access: Access) => spread(access, [...range(0, b + r + c), ...none(d)]);
    const { statements, stores } = this.epilogue();
    return mergeAxes(
      [batch, rows, columns, depth],
      [
        spread(left, [...range(0, b + r), ...none(c), ...range(b + r, d)]),
        spread(right, [...range(0, b), ...none(r), ...range(b + d, c), ...range(b, d)]),
        ...[...loadsOf(statements), ...stores.map(({ access }) => access)].map(overDepth),
      ],
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
    const [b, r, c, d] = [kernel.batch, kernel.rows, kernel.columns, kernel.depth].map(
      ({ length }) => length,
    );
    const range = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);
    const none = (count: number) => new Array<undefined>(count).fill(undefined);
    return [
      {
        name: 'left',
        access: axes.rebase(spread(kernel.left, [...range(0, b + r), ...none(c), ...range(b + r, d)])),
        lines: tile.rows,
        extent: rows,
        shape: rowAxes,
        firstAxis: batchAxes.length,
        start: rowStart,
      },
      {
        name: 'right',
        access: axes.rebase(
          spread(kernel.right, [...range(0, b), ...none(r), ...range(b + d, c), ...range(b, d)]),
        ),
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
    for (const { name, lines } of sides)
      writer.line(`float ${name}Next[${(lines * tile.depth) / this.threads}];`);
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
      this.emitMultiply();
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

  /** Line and term, inside the tile, of element `l` that a thread moves. */
  private elementOf(side: Side, l: string): { readonly line: string; readonly term: string } {
    const { tile, threads } = this;
    const element = `(t + ${l} * ${threads})`;
    return this.goesAlongDepth(side)
      ? { line: `${element} / ${tile.depth}`, term: `${element} % ${tile.depth}` }
      : { line: `${element} % ${side.lines}`, term: `${element} / ${side.lines}` };
  }

  /** Reads this thread's elements of a slice into registers; zeros beyond the ends. */
  private emitBring(side: Side, batch: readonly string[], start: string, last: string): void {
    const { writer, tile, threads, axes } = this;
    const { name, access, lines, extent, shape, firstAxis } = side;
    writer.line('#pragma unroll');
    writer.block(`for (int l = 0; l < ${(lines * tile.depth) / threads}; l++)`, () => {
      const { line, term } = this.elementOf(side, 'l');
      const at = writer.define('int', `${side.start} + ${line}`, 'm');
      const k = writer.define('int', `${start} + ${term}`, 'k');
      writer.line(`${name}Next[l] = 0.0f;`);
      writer.block(`if (${at} < ${extent} && ${k} < ${last})`, () => {
        const coordinates = axes.groups.flat().map(() => '0');
        batch.forEach((coordinate, axis) => {
          coordinates[axis] = coordinate;
        });
        decode(writer, at, shape).forEach((coordinate, axis) => {
          coordinates[firstAxis + axis] = coordinate;
        });
        const depthAxes = axes.groups[3];
        decode(writer, k, depthAxes).forEach((coordinate, axis) => {
          coordinates[coordinates.length - depthAxes.length + axis] = coordinate;
        });
        writer.line(`${name}Next[l] = ${loadFrom(writer, access, coordinates, 'float32')};`);
      });
    });
  }

  /** Puts the registers into a slice of shared memory. */
  private emitKeep(side: Side, slice: string): void {
    const { writer, tile, threads } = this;
    const { name, lines } = side;
    const { line, term } = this.elementOf(side, 'l');
    writer.line('#pragma unroll');
    writer.line(
      `for (int l = 0; l < ${(lines * tile.depth) / threads}; l++) ${name}[${slice}][${term}][${line}] = ${name}Next[l];`,
    );
  }

  private emitMultiply(): void {
    const { writer, tile } = this;
    const { perThread } = tile;
    writer.line('#pragma unroll');
    writer.block(`for (int d = 0; d < ${tile.depth}; d++)`, () => {
      this.emitFour('a', 'left', 'row', tile.rows);
      this.emitFour('b', 'right', 'column', tile.columns);
      writer.line('#pragma unroll');
      writer.block(`for (int i = 0; i < ${perThread}; i++)`, () => {
        writer.line('#pragma unroll');
        writer.line(`for (int j = 0; j < ${perThread}; j++) sum[i][j] += a[i] * b[j];`);
      });
    });
  }

  /** One term of this thread's rows or columns, four at a time. */
  private emitFour(name: string, side: Side['name'], start: string, lines: number): void {
    const { writer, tile } = this;
    const groups = Array.from({ length: tile.perThread / 4 }, (_, group) => {
      const line = group === 0 ? start : `${start} + ${(group * lines * 4) / tile.perThread}`;
      writer.line(`const float4 ${name}${group} = *(const float4*)&${side}[slice][d][${line}];`);
      return ['x', 'y', 'z', 'w'].map((part) => `${name}${group}.${part}`).join(', ');
    });
    writer.line(`const float ${name}[${tile.perThread}] = {${groups.join(', ')}};`);
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
    const { writer, tile } = this;
    const [batches, rows, columns] = this.sizes;
    const { perThread } = tile;
    const inTile = (name: string, index: string, lines: number) =>
      perThread === 4
        ? `${name} + ${index}`
        : `${name} + ${index} / 4 * ${(lines * 4) / perThread} + ${index} % 4`;
    writer.line('#pragma unroll');
    writer.block(`for (int i = 0; i < ${perThread}; i++)`, () => {
      const m = writer.define('int', `${place.rows} + ${inTile('row', 'i', tile.rows)}`, 'm');
      writer.line('#pragma unroll');
      writer.block(`for (int j = 0; j < ${perThread}; j++)`, () => {
        const n = writer.define('int', `${place.columns} + ${inTile('column', 'j', tile.columns)}`, 'n');
        const conditions = [
          ...(rows % tile.rows === 0 ? [] : [`${m} < ${rows}`]),
          ...(columns % tile.columns === 0 ? [] : [`${n} < ${columns}`]),
        ];
        writer.block(conditions.length > 0 ? `if (${conditions.join(' && ')})` : '', () => {
          if (this.finish.kind === 'partials') {
            const at = `((${place.split} * ${batches} + ${place.batch}) * ${rows} + ${m}) * ${columns} + ${n}`;
            writer.line(`${writer.pointer(this.finish.buffer, true)}[${writer.integer(at)}] = sum[i][j];`);
          } else this.emitEpilogue(batch, m, n);
        });
      });
    });
  }

  private emitEpilogue(batch: readonly string[], m: string, n: string): void {
    const { writer, axes, kernel } = this;
    const places: (number | undefined)[] = [
      ...Array.from({ length: kernel.epilogue.domain.length }, (_, axis) => axis),
      ...kernel.depth.map(() => undefined),
    ];
    const { statements, stores } = this.epilogue();
    const [, rowAxes, columnAxes, depthAxes] = axes.groups;
    const coordinates = [
      ...batch,
      ...decode(writer, m, rowAxes),
      ...decode(writer, n, columnAxes),
      ...depthAxes.map(() => '0'),
    ];
    const roots = stores.map(({ value }) => value);
    const names = emitStatements(
      writer,
      spreadStatements(statements, places),
      roots,
      { axes, coordinates },
      'sum[i][j]',
    );
    for (const { value, access } of stores)
      storeTo(writer, axes.rebase(spread(access, places)), coordinates, names[value]);
  }
}
