import { cast, type Node, oneHot, reshape, sigmoid } from '@polyneuron/graph';
import { type LossName, loss, softmax } from '@polyneuron/kernels';
import type { Task } from '../../state/datasets.js';
import type { LossKey } from '../../state/settings.js';

/** What a network's output means, and what it is trained to. */
export interface Objective {
  /** One value per sample from targets y [B, 1] and outputs [B, outputs]. */
  perSample(y: Node, output: Node): Node;
  /** What pictures show: probability of class 1, probabilities of all classes, or the target. */
  predict(output: Node): Node;
}

type Outputs = (output: Node) => Node;

const asIs: Outputs = (output) => output;
const softmaxOf: Outputs = (output) => softmax(output);

const predictions: { readonly [K in Task]: Outputs } = {
  binary: sigmoid,
  regression: asIs,
  classes: softmaxOf,
};

const valueLosses: { readonly [K in Exclude<LossKey, 'logistic'>]: LossName } = {
  squared: 'meanSquaredError',
  huber: 'huber',
};

const logisticLosses: { readonly [K in Task]: LossName } = {
  binary: 'binaryCrossentropyFromLogits',
  regression: 'meanSquaredError',
  classes: 'sparseCategoricalCrossentropyFromLogits',
};

/** Targets as the predictions look: one-hot for classes. */
const targets: { readonly [K in Task]: (y: Node, outputs: number) => Node } = {
  binary: asIs,
  regression: asIs,
  classes: (y, outputs) => oneHot(cast(reshape(y, [y.shape[0]]), 'int32'), outputs),
};

/**
 * The objective of a task under a loss of the settings.
 *
 * logistic: cross-entropy of the logits; for a regression the squared error in its place. squared, huber: on
 * probabilities where there are classes.
 */
export function objectiveOf(task: Task, key: LossKey): Objective {
  const predict = predictions[task];
  if (key === 'logistic') {
    const { perSample } = loss(logisticLosses[task]);
    return { predict, perSample };
  }
  const { perSample } = loss(valueLosses[key]);
  return {
    predict,
    perSample: (y, output) => perSample(targets[task](y, output.shape[1]), predict(output)),
  };
}
