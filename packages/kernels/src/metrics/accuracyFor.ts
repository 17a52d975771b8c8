import type { Shape } from '@polyneuron/graph';
import { loss } from '../losses/losses.js';
import type { MetricSpec } from './metricSpec.js';
import { type MetricName, metrics } from './metrics.js';

/** The metrics that tfjs's names 'accuracy' and 'crossentropy' stand for, by the kind of problem. */
const byKind = {
  binary: ['binaryAccuracy', 'binaryCrossentropy'],
  binaryLogits: ['binaryAccuracyFromLogits', 'binaryCrossentropyFromLogits'],
  sparse: ['sparseCategoricalAccuracy', 'sparseCategoricalCrossentropy'],
  sparseLogits: ['sparseCategoricalAccuracy', 'sparseCategoricalCrossentropyFromLogits'],
  categorical: ['categoricalAccuracy', 'categoricalCrossentropy'],
  categoricalLogits: ['categoricalAccuracy', 'categoricalCrossentropyFromLogits'],
} as const satisfies Record<string, readonly [MetricName, MetricName]>;

type Kind = keyof typeof byKind;

/** Losses that say what kind of problem they solve; the rest leave it to the width of the output. */
const kindOfLoss: Readonly<Partial<Record<string, Kind>>> = {
  binaryCrossentropy: 'binary',
  binaryCrossentropyFromLogits: 'binaryLogits',
  sparseCategoricalCrossentropy: 'sparse',
  sparseCategoricalCrossentropyFromLogits: 'sparseLogits',
  categoricalCrossentropyFromLogits: 'categoricalLogits',
};

/**
 * What 'accuracy' means for a loss and an output, by tfjs's rule: binary for one output or a binary cross-entropy,
 * sparse for a sparse cross-entropy, categorical otherwise. A loss of logits gets accuracies of logits.
 *
 * `lossName` is undefined for a function of the user's; `outputShape` may hold the batch axis or not.
 *
 * Throws   ValueError when there is no such loss
 */
export function accuracyFor(lossName: string | undefined, outputShape: Shape): MetricSpec {
  return metrics[byKind[kindFor(lossName, outputShape)][0]];
}

/** What 'crossentropy' means for a loss and an output, by the same rule. */
export function crossentropyFor(lossName: string | undefined, outputShape: Shape): MetricSpec {
  return metrics[byKind[kindFor(lossName, outputShape)][1]];
}

function kindFor(lossName: string | undefined, outputShape: Shape): Kind {
  const kind = lossName === undefined ? undefined : kindOfLoss[loss(lossName).name];
  if (kind === 'binaryLogits') return kind;
  if (outputShape.at(-1) === 1) return 'binary';
  return kind ?? 'categorical';
}
