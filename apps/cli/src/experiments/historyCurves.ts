import type { Contender, Figure } from './result.js';

/** Learning curves: one series per contender that has the key in its history, one point per epoch, from 1. */
export function historyCurves(
  title: string,
  contenders: readonly Contender[],
  key: string,
  yScale: 'linear' | 'log',
): Figure {
  return {
    kind: 'curves',
    title,
    xLabel: 'epoch',
    yLabel: key,
    yScale,
    series: contenders.flatMap(({ name, history }) => {
      const y = history[key];
      return y ? [{ name, x: y.map((_, at) => at + 1), y }] : [];
    }),
  };
}
