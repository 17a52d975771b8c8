import { ShapeError } from './errors.js';
import type { Shape, TensorSpec } from './types.js';

export function sizeOf(shape: Shape): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

export function isSameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** `[32, 6]` */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** `float32[32,6]` */
export function formatSpec({ dtype, shape }: TensorSpec): string {
  return `${dtype}[${shape.join(',')}]`;
}

/** Shape of an elementwise result under NumPy's rule: align right, 1 stretches. */
export function broadcastShapes(subject: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) {
    const p = a[axis - rank + a.length] ?? 1;
    const q = b[axis - rank + b.length] ?? 1;
    if (p !== q && p !== 1 && q !== 1) {
      throw new ShapeError({
        subject,
        expected: 'operands whose extents are equal or 1 when aligned at the last axis',
        received: `${formatShape(a)} and ${formatShape(b)}`,
        fix: 'reshape one operand, or transpose it so that the shared axes line up',
      });
    }
    result[axis] = p === 1 ? q : p;
  }
  return result;
}

/** Resolves negative axes, sorts, and rejects duplicates and axes out of range. */
export function normalizeAxes(
  subject: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const resolved = (typeof axes === 'number' ? [axes] : [...axes]).map((axis) =>
    axis < 0 ? axis + rank : axis,
  );
  for (const axis of resolved) {
    if (
      !Number.isInteger(axis) ||
      axis < 0 ||
      axis >= rank ||
      resolved.indexOf(axis) !== resolved.lastIndexOf(axis)
    ) {
      throw new ShapeError({
        subject,
        expected: `distinct axes from ${-rank} to ${rank - 1} of an operand of rank ${rank}`,
        received: JSON.stringify(axes),
        fix: 'name each axis once, counting from 0 or from -1 backwards',
      });
    }
  }
  return resolved.sort((p, q) => p - q);
}

export function normalizeAxis(subject: string, axis: number, rank: number): number {
  return normalizeAxes(subject, axis, rank)[0];
}
