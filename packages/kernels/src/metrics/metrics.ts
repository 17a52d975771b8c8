import { findByName } from '../findByName.js';
import { type LossName, losses } from '../losses/losses.js';
import type { LossSpec } from '../losses/lossSpec.js';
import {
  binaryAccuracy,
  binaryAccuracyFromLogits,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
} from './accuracy.js';
import type { MetricSpec } from './metricSpec.js';

/** Every loss is a metric of the same name. */
export type MetricName =
  | LossName
  | 'rootMeanSquaredError'
  | 'binaryAccuracy'
  | 'binaryAccuracyFromLogits'
  | 'categoricalAccuracy'
  | 'sparseCategoricalAccuracy';

const ofLoss = (record: LossSpec): MetricSpec => ({
  name: record.name,
  aliases: record.aliases,
  formula: record.formula,
  targets: record.targets,
  perSample: (yTrue, yPred) => record.perSample(yTrue, yPred),
});

const lossMetrics = Object.fromEntries(
  Object.values(losses).map((record) => [record.name, ofLoss(record)]),
) as unknown as { readonly [K in LossName]: MetricSpec };

/** Every metric, by name. */
export const metrics: { readonly [K in MetricName]: MetricSpec } = {
  ...lossMetrics,
  rootMeanSquaredError: {
    ...lossMetrics.meanSquaredError,
    name: 'rootMeanSquaredError',
    aliases: ['rmse', 'RMSE', 'root_mean_squared_error', 'RootMeanSquaredError'],
    formula: '√ mean (p - t)², the mean over the whole set',
    finish: Math.sqrt,
  },
  binaryAccuracy,
  binaryAccuracyFromLogits,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
};

/**
 * The metric of this name or alias. 'accuracy' and 'crossentropy' depend on the loss: see `accuracyFor`.
 *
 * Throws   ValueError that lists every metric
 */
export function metric(name: string): MetricSpec {
  return findByName('metric', metrics, name);
}
