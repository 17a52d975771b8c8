import { abs, add, constant, mul, type Node, square, sum } from '@polyneuron/graph';
import type { Regularizer } from './modelInternals.js';

/**
 * The penalty of a tfjs regularizer: l1 Σ|w| + l2 Σw².
 *
 * Undefined for a class that is not L1L2, the only one tfjs has (`l1` and `l2` make it too).
 */
export function penaltyOf(regularizer: Regularizer, w: Node): Node | undefined {
  if (regularizer.getClassName() !== 'L1L2') return undefined;
  const { l1, l2 } = regularizer.getConfig() as { readonly l1: number; readonly l2: number };
  const terms = [...(l1 ? [mul(sum(abs(w)), l1)] : []), ...(l2 ? [mul(sum(square(w)), l2)] : [])];
  return terms.reduce((total, term) => add(total, term), constant(0));
}
