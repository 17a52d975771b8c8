/** @file Units of McCulloch and Pitts (1943): binary inputs, a threshold, no weights and no learning. */
import {
  type Axes,
  and,
  cast,
  constant,
  equal,
  greaterEqual,
  type Node,
  normalizeAxes,
  sizeOf,
  sum,
  ValueError,
} from '@polyneuron/graph';

export interface McCullochPittsInputs {
  /** Active ones count towards the threshold. */
  readonly excitatory?: Node;
  /** A single active one keeps the unit silent. */
  readonly inhibitory?: Node;
  /** Axes that one unit reads; all by default, so that one unit reads everything. */
  readonly axes?: Axes | undefined;
}

/**
 * One threshold unit, or one per position that `axes` leaves.
 *
 * y = [Σ excitatory >= threshold] if no inhibitory input is active, else 0
 *
 * Shapes   inputs bool, or 0 and 1 of any dtype → int32 0 or 1, without `axes`
 * Throws   ValueError without any input
 * Source   McCulloch and Pitts 1943, A Logical Calculus of the Ideas Immanent in Nervous Activity; seed 004 has the
 *          form without inhibition
 */
export function mcCullochPitts(
  threshold: number,
  { excitatory, inhibitory, axes }: McCullochPittsInputs,
): Node {
  const activeCount = (x: Node) => sum(cast(x, 'int32'), axes);
  const isExcited = excitatory
    ? greaterEqual(activeCount(excitatory), threshold)
    : constant(threshold <= 0 ? 1 : 0, [], 'bool');
  if (inhibitory) return cast(and(isExcited, equal(activeCount(inhibitory), 0)), 'int32');
  if (excitatory) return cast(isExcited, 'int32');
  throw new ValueError({
    subject: 'mcCullochPitts',
    expected: 'excitatory or inhibitory inputs',
    received: 'neither',
    fix: 'pass mcCullochPitts(threshold, { excitatory: x })',
  });
}

/** 1 when every input is 1: the threshold is the number of inputs. */
export function logicalAnd(x: Node, axes?: Axes): Node {
  const read = normalizeAxes('logicalAnd', axes, x.shape.length);
  return mcCullochPitts(sizeOf(read.map((axis) => x.shape[axis])), { excitatory: x, axes });
}

/** 1 when an input is 1: threshold 1. */
export function logicalOr(x: Node, axes?: Axes): Node {
  return mcCullochPitts(1, { excitatory: x, axes });
}

/** 1 when no input is 1: threshold 0 and every input inhibitory. On one input it is NOT. */
export function logicalNor(x: Node, axes?: Axes): Node {
  return mcCullochPitts(0, { inhibitory: x, axes });
}
