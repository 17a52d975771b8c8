import type { Node } from '@polyneuron/graph';

/**
 * A metric. `perSample` gives one value per sample; the mean over samples, passed through `finish`, is the metric of
 * the set (rmse is not a mean of batch rmse's).
 */
export interface MetricSpec {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly formula: string;
  readonly targets: 'values' | 'classIndices' | 'either';
  /** (yTrue, yPred) [B, ...] -> [B] */
  perSample(yTrue: Node, yPred: Node): Node;
  /** Identity when left out. */
  finish?(mean: number): number;
}
