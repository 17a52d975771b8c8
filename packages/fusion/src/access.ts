import type { Shape } from '@polyneuron/graph';
import { sizeOf, stridesOf } from '@polyneuron/graph';
import type { Access, BufferId } from './plan.js';

/** Row-major over the whole buffer. */
export function contiguous(buffer: BufferId, shape: Shape): Access {
  return { buffer, offset: 0, strides: stridesOf(shape) };
}

export function broadcastAccess({ buffer, offset, strides }: Access, from: Shape, to: Shape): Access {
  return {
    buffer,
    offset,
    strides: strides.map((stride, axis) => (from[axis] === 1 && to[axis] !== 1 ? 0 : stride)),
  };
}

export function transposeAccess({ buffer, offset, strides }: Access, permutation: readonly number[]): Access {
  return { buffer, offset, strides: permutation.map((axis) => strides[axis]) };
}

export function sliceAccess({ buffer, offset, strides }: Access, begin: readonly number[]): Access {
  return {
    buffer,
    offset: strides.reduce((sum, stride, axis) => sum + stride * begin[axis], offset),
    strides,
  };
}

export function reverseAccess(
  { buffer, offset, strides }: Access,
  shape: Shape,
  axes: readonly number[],
): Access {
  return {
    buffer,
    offset: axes.reduce((sum, axis) => sum + strides[axis] * Math.max(0, shape[axis] - 1), offset),
    strides: strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
  };
}

/**
 * The same elements seen in another shape, or undefined where no strides can say it.
 *
 * Runs of axes with equal products are matched; inside a run, the old axes must follow each other without a gap.
 */
export function reshapeAccess(
  { buffer, offset, strides }: Access,
  from: Shape,
  to: Shape,
): Access | undefined {
  if (sizeOf(from) === 0) return { buffer, offset, strides: to.map(() => 0) };
  const oldAxes = from.flatMap((extent, axis) => (extent === 1 ? [] : [{ extent, stride: strides[axis] }]));
  const result = new Array<number>(to.length).fill(0);
  let next = 0;
  let axis = 0;
  while (next < oldAxes.length) {
    const start = next;
    let oldSize = oldAxes[next++].extent;
    const targets: number[] = [];
    let newSize = 1;
    while (newSize !== oldSize) {
      if (newSize < oldSize) {
        if (axis >= to.length) return undefined;
        targets.push(axis);
        newSize *= to[axis++];
      } else {
        if (next >= oldAxes.length) return undefined;
        oldSize *= oldAxes[next++].extent;
      }
    }
    for (let i = start; i + 1 < next; i++)
      if (oldAxes[i].stride !== oldAxes[i + 1].stride * oldAxes[i + 1].extent) return undefined;
    let stride = oldAxes[next - 1].stride;
    for (const target of targets.reverse()) {
      result[target] = stride;
      stride *= to[target];
    }
  }
  return { buffer, offset, strides: result };
}

export function isSameAccess(a: Access, b: Access): boolean {
  return (
    a.buffer === b.buffer &&
    a.offset === b.offset &&
    a.strides.every((stride, axis) => stride === b.strides[axis])
  );
}
