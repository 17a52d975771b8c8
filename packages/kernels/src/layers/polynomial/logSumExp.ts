import {
  add,
  exp,
  less,
  log,
  type Node,
  reduceMax,
  reshape,
  select,
  stopGradient,
  sub,
  sum,
} from '@polyneuron/graph';

/** Below every finite float32. */
const lowest = -3.4e38;

/**
 * log Σ exp(x) along an axis, which it removes.
 *
 * The largest term is taken out first, so nothing overflows, and what underflows is below the last bit of the sum.
 * Where all terms are -∞ (probability 0) the result is -∞ with derivative 0, not NaN. The shift is a constant to the
 * derivatives: it cancels in the value.
 */
export function logSumExp(x: Node, axis: number): Node {
  const largest = stopGradient(reduceMax(x, axis, { keepDims: true }));
  const isPossible = less(lowest, largest);
  const shift = select(isPossible, largest, 0);
  const total = sum(exp(sub(x, shift)), axis, { keepDims: true });
  const result = select(isPossible, add(log(select(isPossible, total, 1)), shift), largest);
  return reshape(
    result,
    x.shape.filter((_, at) => at !== (axis + x.shape.length) % x.shape.length),
  );
}
