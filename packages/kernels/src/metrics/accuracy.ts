/** @file The share of right answers, in its forms. None has a derivative. */
import { argMax, cast, equal, less, type Node } from '@polyneuron/graph';
import { perSample } from '../losses/perSample.js';
import { indexPerRow, pairOf } from '../losses/targets.js';
import type { MetricSpec } from './metricSpec.js';

const share = (isRight: Node): Node => perSample(cast(isRight, 'float32'));

function thresholdAccuracy(name: string, aliases: readonly string[], threshold: number): MetricSpec {
  return {
    name,
    aliases,
    formula: `mean of [p > ${threshold}] = t`,
    targets: 'values',
    perSample: (yTrue, yPred) => {
      const { t, p } = pairOf(name, yTrue, yPred);
      return share(equal(t, cast(less(threshold, p), 'float32')));
    },
  };
}

export const binaryAccuracy = thresholdAccuracy('binaryAccuracy', ['binary_accuracy', 'BinaryAccuracy'], 0.5);

/** For predictions before the sigmoid: σ(p) > 0.5 where p > 0. */
export const binaryAccuracyFromLogits = thresholdAccuracy('binaryAccuracyFromLogits', [], 0);

export const categoricalAccuracy: MetricSpec = {
  name: 'categoricalAccuracy',
  aliases: ['categorical_accuracy', 'CategoricalAccuracy'],
  formula: 'mean of argmax t = argmax p, last axis; the first of equals counts',
  targets: 'values',
  perSample: (yTrue, yPred) => {
    const { t, p } = pairOf('categoricalAccuracy', yTrue, yPred);
    return share(equal(argMax(t), argMax(p)));
  },
};

export const sparseCategoricalAccuracy: MetricSpec = {
  name: 'sparseCategoricalAccuracy',
  aliases: ['sparse_categorical_accuracy', 'SparseCategoricalAccuracy'],
  formula: 'mean of t = argmax p, last axis',
  targets: 'classIndices',
  perSample: (yTrue, yPred) => {
    const t = indexPerRow('sparseCategoricalAccuracy', yTrue, yPred);
    return share(equal(cast(t, 'float32'), cast(argMax(yPred), 'float32')));
  },
};
