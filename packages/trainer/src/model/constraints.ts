import { add, div, max, min, mul, type Node, normalizeAxis, sqrt, square, sum } from '@polyneuron/graph';
import type { Constraint } from './modelInternals.js';

/** tfjs's epsilon in its constraints. */
const epsilon = 1e-7;

type Projection = (w: Node, config: Readonly<Record<string, number>>) => Node;

const normsOf = (w: Node, axis: number): Node =>
  sqrt(sum(square(w), normalizeAxis('constraint', axis, w.shape.length), { keepDims: true }));
/** w, rescaled to norms of `desired`. */
const rescale = (w: Node, desired: Node, norms: Node): Node => mul(w, div(desired, add(norms, epsilon)));

/** By tfjs class name. */
const projections: Readonly<Record<string, Projection>> = {
  NonNeg: (w) => max(w, 0),
  UnitNorm: (w, { axis }) => div(w, add(normsOf(w, axis), epsilon)),
  MaxNorm: (w, { axis, maxValue }) => {
    const norms = normsOf(w, axis);
    return rescale(w, min(norms, maxValue), norms);
  },
  MinMaxNorm: (w, { axis, minValue, maxValue, rate }) => {
    const norms = normsOf(w, axis);
    const clipped = min(max(norms, minValue), maxValue);
    return rescale(w, add(mul(clipped, rate), mul(norms, 1 - rate)), norms);
  },
};

/**
 * The projection of a tfjs constraint, undefined for a class that tfjs does not have.
 *
 * It applies after every step, as in Keras. tfjs 4.22 applies constraints in `setWeights` alone, never while fitting.
 */
export function projectionOf(constraint: Constraint): ((w: Node) => Node) | undefined {
  const project = projections[constraint.getClassName()];
  return project && ((w) => project(w, constraint.getConfig() as Record<string, number>));
}
