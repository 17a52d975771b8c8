import { div, exp, log, type Node, reduceMax, stopGradient, sub, sum } from '@polyneuron/graph';

/**
 * e^x / Σ e^x over the last axis.
 *
 * Numerics the maximum is subtracted first. It cancels, so its derivative is left out: exact, and no path through the
 *          maximum remains. A row of -Infinity alone gives NaN.
 */
export function softmax(x: Node): Node {
  const e = exp(centred(x));
  return div(e, sum(e, -1, { keepDims: true }));
}

/** x - log Σ e^x over the last axis, never the logarithm of a rounded 0. */
export function logSoftmax(x: Node): Node {
  const shifted = centred(x);
  return sub(shifted, log(sum(exp(shifted), -1, { keepDims: true })));
}

function centred(x: Node): Node {
  return sub(x, stopGradient(reduceMax(x, -1, { keepDims: true })));
}
