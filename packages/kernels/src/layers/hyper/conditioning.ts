/** @file A conditioning input z beside x: one z for each row of x, or one for a group of rows. */
import { type Node, reshape, type Shape, ShapeError, sizeOf } from '@polyneuron/graph';
import { featuresOf, formatBatched } from '../checks.js';

/** How z may stand to x: 'equal' leading axes, or the first of x's ('leading'), so that the rest of x shares one z. */
export type ConditioningAxes = 'equal' | 'leading';

const wants: { readonly [K in ConditioningAxes]: { readonly z: string; readonly fix: string } } = {
  equal: {
    z: 'of rank 2 or more that differ in the last axis only',
    fix: 'repeat z along the axes of x, or flatten x',
  },
  leading: {
    z: 'with z [batch, ..., m] over the batch, or over more of the leading axes of x [batch, ..., n]',
    fix: 'pass z beside x, with no axis before its features that x does not have',
  },
};

/**
 * Checks the inputs [x, z], or [x] where it may stand for both, and returns the axes of x before its features.
 *
 * Throws   ShapeError on any other number of inputs and on leading axes that do not fit
 */
export function conditionedInputs(
  layer: string,
  inputShapes: readonly Shape[],
  axes: ConditioningAxes,
  isOptional: boolean,
): Shape {
  const [x, z] = inputShapes;
  const isCountRight = inputShapes.length === 2 || (isOptional && inputShapes.length === 1);
  if (isCountRight && x.length >= 1 && (z === undefined || fits(x, z, axes))) return x.slice(0, -1);
  const { z: wanted, fix } = wants[axes];
  throw new ShapeError({
    subject: layer,
    expected: `inputs ${isOptional ? '[x] or ' : ''}[x, z] ${wanted}`,
    received: inputShapes.map(formatBatched).join(' and ') || 'none',
    fix,
  });
}

function fits(x: Shape, z: Shape, axes: ConditioningAxes): boolean {
  if (z.length < 1 || z.length > x.length || (axes === 'equal' && z.length !== x.length)) return false;
  return z.slice(0, -1).every((extent, axis) => extent === x[axis]);
}

/** Rows of x by group, [G, n] when every row is its own group and else [G, T, n]; and z [G, m]. */
export interface Groups {
  readonly x: Node;
  readonly z: Node;
}

/** x [B, ..., n] and z over the first axes of it. */
export function asGroups(x: Node, z: Node): Groups {
  const count = sizeOf(z.shape.slice(0, -1));
  const rows = sizeOf(x.shape.slice(z.shape.length - 1, -1));
  const n = featuresOf(x.shape);
  return {
    x: reshape(x, rows === 1 ? [count, n] : [count, rows, n]),
    z: reshape(z, [count, featuresOf(z.shape)]),
  };
}
