/** @file Losses that are 0 beyond a margin. At the corner the derivative is 0. */
import { add, max, mul, type Node, reduceMax, square, sub, sum } from '@polyneuron/graph';
import { lossOfValues } from './define.js';
import type { Pair } from './targets.js';

const margin = ({ t, p }: Pair): Node => max(0, sub(1, mul(t, p)));

export const hinge = lossOfValues({
  name: 'hinge',
  aliases: ['Hinge'],
  formula: 'mean max(0, 1 - t p), t of -1 or 1',
  source: 'tfjs-layers 4.22 losses.ts',
  of: margin,
});

export const squaredHinge = lossOfValues({
  name: 'squaredHinge',
  aliases: ['squared_hinge', 'SquaredHinge'],
  formula: 'mean max(0, 1 - t p)², t of -1 or 1',
  source: 'tfjs-layers 4.22 losses.ts',
  of: (pair) => square(margin(pair)),
});

export const categoricalHinge = lossOfValues({
  name: 'categoricalHinge',
  aliases: ['categorical_hinge', 'CategoricalHinge'],
  formula: 'max(0, 1 + max((1 - t) p) - Σ t p), last axis',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => {
    const others = reduceMax(mul(sub(1, t), p), -1);
    return max(0, add(sub(others, sum(mul(t, p), -1)), 1));
  },
});
