import type { Node } from '@polyneuron/graph';

/** A loss: one value per sample, so that class weights and masks can multiply it; the batch loss is the mean. */
export interface LossSpec {
  /** camelCase; tfjs's own spellings are in `aliases`. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly formula: string;
  readonly source: string;
  /** What the targets look like: the shape of predictions, or int32 class indices. */
  readonly targets: 'values' | 'classIndices';
  /** (yTrue, yPred) [B, ...] -> [B] */
  perSample(yTrue: Node, yPred: Node): Node;
}
