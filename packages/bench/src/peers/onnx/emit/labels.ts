/** @file Axes of einsum operands by their labels: reordering and joining them. */
import type { EinsumSpec, Shape } from '@polyneuron/graph';
import type { GraphBuilder } from '../graphBuilder.js';

export type Labels = readonly string[];

/** Extent of every label of an einsum. */
export function extentsOf({ left, right }: EinsumSpec, a: Shape, b: Shape): (label: string) => number {
  const extents = new Map<string, number>();
  left.forEach((label, axis) => void extents.set(label, a[axis]));
  right.forEach((label, axis) => void extents.set(label, b[axis]));
  return (label) => extents.get(label) as number;
}

/** Whether elements stay where they are: only axes of extent 1 change places. */
export function isInOrder(from: Labels, to: Labels, extentOf: (label: string) => number): boolean {
  const wide = (labels: Labels) => labels.filter((label) => extentOf(label) !== 1);
  const [before, after] = [wide(from), wide(to)];
  return before.every((label, at) => label === after[at]);
}

/** Brings a tensor whose axes are `from` into the order `to`, and then to `shape`. */
export function arranged(
  graph: GraphBuilder,
  name: string,
  [from, to]: readonly [Labels, Labels],
  extentOf: (label: string) => number,
  shape: Shape,
): string {
  const isMoved = !isInOrder(from, to, extentOf);
  const moved = isMoved
    ? graph.transpose(
        name,
        to.map((label) => from.indexOf(label)),
      )
    : name;
  const current = (isMoved ? to : from).map(extentOf);
  return current.join() === shape.join() ? moved : graph.reshape(moved, shape);
}
