import { sizeOf, stridesOf } from '../shapes.js';
import type { Shape } from '../types.js';

/** Calls `visit` with each coordinate of `shape` in row-major order; the array is reused between calls. */
export function forEachCoordinate(
  shape: Shape,
  visit: (coordinate: readonly number[], index: number) => void,
): void {
  const count = sizeOf(shape);
  const coordinate = new Array<number>(shape.length).fill(0);
  for (let index = 0; index < count; index++) {
    visit(coordinate, index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++coordinate[axis] < shape[axis]) break;
      coordinate[axis] = 0;
    }
  }
}

/** Row-major index of a coordinate. */
export function indexer(shape: Shape): (coordinate: readonly number[]) => number {
  const strides = stridesOf(shape);
  return (coordinate) => strides.reduce((index, stride, axis) => index + stride * coordinate[axis], 0);
}
