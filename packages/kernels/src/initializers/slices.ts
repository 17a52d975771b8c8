import { type Shape, ShapeError, sizeOf, stridesOf } from '@polyneuron/graph';
import type { FanAxes } from './fans.js';

/** The matrices that a weight consists of. */
export interface Slices {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** Position in the weight of an element of one slice. */
  at(slice: number, row: number, column: number): number;
}

/**
 * Reads a weight as independent matrices: columns are the axes that are outputs alone, slices those in neither list,
 * rows the rest. Without `axes` the last axis gives the columns and all others the rows.
 *
 * Throws   ShapeError when the weight has fewer than two axes, or no columns
 */
export function slicesOf(subject: string, shape: Shape, axes?: FanAxes): Slices {
  const all = shape.map((_, axis) => axis);
  const { in: inputs, out: outputs } = axes ?? { in: all.slice(0, -1), out: all.slice(-1) };
  const columnAxes = outputs.filter((axis) => !inputs.includes(axis));
  const rowAxes = [...new Set(inputs)].sort((p, q) => p - q);
  if (shape.length < 2 || columnAxes.length === 0 || rowAxes.length === 0) {
    throw new ShapeError({
      subject,
      expected: 'a weight with rows and columns',
      received: `[${shape.join(', ')}]`,
      fix: 'use another initializer for vectors and scalars',
    });
  }
  const sliceAxes = all.filter((axis) => !inputs.includes(axis) && !outputs.includes(axis));
  const positions = [sliceAxes, rowAxes, columnAxes].map((picked) => positionsOf(shape, picked));
  const [slices, rows, columns] = positions;
  return {
    count: slices.length,
    rows: rows.length,
    columns: columns.length,
    at: (slice, row, column) => slices[slice] + rows[row] + columns[column],
  };
}

/** Offset of every combination of coordinates of some axes, row-major. */
function positionsOf(shape: Shape, axes: readonly number[]): number[] {
  const strides = stridesOf(shape);
  const extents = axes.map((axis) => shape[axis]);
  const inner = stridesOf(extents);
  return Array.from({ length: sizeOf(extents) }, (_, index) =>
    axes.reduce((sum, axis, at) => sum + (Math.floor(index / inner[at]) % extents[at]) * strides[axis], 0),
  );
}
