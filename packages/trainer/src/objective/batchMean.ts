import { div, mean, type Node, select, sum } from '@polyneuron/graph';
import type { CountedSamples } from '../model/tracedModel.js';

/** Mean of one value per sample, [B] -> [], over the samples that count. */
export function batchMean(values: Node, counted: CountedSamples | undefined): Node {
  return counted ? div(batchSum(values, counted), counted.count) : mean(values);
}

/** Sum of one value per sample over the samples that count. */
export function batchSum(values: Node, counted: CountedSamples | undefined): Node {
  return sum(counted ? select(counted.mask, values, 0) : values);
}
