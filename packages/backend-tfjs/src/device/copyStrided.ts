/** @file Every move of elements (transpose, slice, pad, patches, ...) is one strided copy, or a few of them. */
import type { Shape } from '@polyneuron/graph';

/** Values of a tensor in host memory. */
export type HostValues = Float32Array | Int32Array | Uint8Array;

/** Where the elements of a block lie: `offset + Σ strides[axis] · coordinate[axis]`, in elements. */
export interface Layout {
  readonly offset: number;
  readonly strides: readonly number[];
}

export type Copy = (from: HostValues, to: HostValues) => void;

/** From this many elements on, one `set` of a view is cheaper than a loop. */
const blockLength = 64;

/**
 * A function that copies, or with `accumulate` adds, a block of extents `shape` between two layouts.
 *
 * Axes of extent 1 are dropped and axes that are contiguous in both layouts merged before anything runs.
 */
export function planCopy(shape: Shape, source: Layout, target: Layout, accumulate = false): Copy {
  const axes = mergeAxes(shape, source.strides, target.strides);
  if (axes.some(({ extent }) => extent === 0)) return () => {};
  const inner = axes.pop() ?? unit;
  const middle = axes.pop() ?? unit;
  const write = accumulate ? addPlane : planeCopyFor(inner);
  return (from, to) =>
    forEachPlane(axes, source.offset, target.offset, (s, t) => write(from, to, s, t, middle, inner));
}

interface Axis {
  readonly extent: number;
  readonly source: number;
  readonly target: number;
}

const unit: Axis = { extent: 1, source: 1, target: 1 };

function mergeAxes(shape: Shape, source: readonly number[], target: readonly number[]): Axis[] {
  const merged: Axis[] = [];
  shape.forEach((extent, axis) => {
    if (extent === 1) return;
    const outer = merged.at(-1);
    const next = { extent, source: source[axis], target: target[axis] };
    if (outer && outer.source === next.source * extent && outer.target === next.target * extent)
      merged[merged.length - 1] = { ...next, extent: outer.extent * extent };
    else merged.push(next);
  });
  return merged;
}

/** Writes the two innermost axes from element `s` to element `t` on. */
type WritePlane = (from: HostValues, to: HostValues, s: number, t: number, middle: Axis, inner: Axis) => void;

function planeCopyFor({ extent, source, target }: Axis): WritePlane {
  if (target === 1 && source === 0) return fillPlane;
  return target === 1 && source === 1 && extent >= blockLength ? setPlane : copyPlane;
}

function fillPlane(from: HostValues, to: HostValues, s: number, t: number, middle: Axis, inner: Axis): void {
  for (let i = 0; i < middle.extent; i++) {
    const start = t + i * middle.target;
    to.fill(from[s + i * middle.source], start, start + inner.extent);
  }
}

function setPlane(from: HostValues, to: HostValues, s: number, t: number, middle: Axis, inner: Axis): void {
  for (let i = 0; i < middle.extent; i++) {
    const start = s + i * middle.source;
    to.set(from.subarray(start, start + inner.extent), t + i * middle.target);
  }
}

function copyPlane(from: HostValues, to: HostValues, s: number, t: number, middle: Axis, inner: Axis): void {
  const { extent, source, target } = inner;
  for (let i = 0; i < middle.extent; i++) {
    let at = s + i * middle.source;
    let into = t + i * middle.target;
    for (let j = 0; j < extent; j++) {
      to[into] = from[at];
      at += source;
      into += target;
    }
  }
}

function addPlane(from: HostValues, to: HostValues, s: number, t: number, middle: Axis, inner: Axis): void {
  const { extent, source, target } = inner;
  for (let i = 0; i < middle.extent; i++) {
    let at = s + i * middle.source;
    let into = t + i * middle.target;
    for (let j = 0; j < extent; j++) {
      to[into] += from[at];
      at += source;
      into += target;
    }
  }
}

function forEachPlane(
  axes: readonly Axis[],
  s: number,
  t: number,
  visit: (s: number, t: number) => void,
  depth = 0,
): void {
  if (depth === axes.length) {
    visit(s, t);
    return;
  }
  const { extent, source, target } = axes[depth];
  for (let i = 0; i < extent; i++) forEachPlane(axes, s + i * source, t + i * target, visit, depth + 1);
}
