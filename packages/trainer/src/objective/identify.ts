/** @file Names for the functions that tfjs exports as losses and metrics. Recognised by identity, never by `fn.name`. */
import { losses as coreLosses } from '@tensorflow/tfjs-core';
import { metrics as tfjsMetrics } from '@tensorflow/tfjs-layers';
import type { ObjectiveIdentifier } from '../model/modelInternals.js';

type AnyFunction = Exclude<ObjectiveIdentifier, string>;

const named = (
  table: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
): [AnyFunction, string][] =>
  Object.entries(names).map(([theirs, ours]) => [table[theirs] as AnyFunction, ours]);

const names = new Map<AnyFunction, string>([
  ...named(tfjsMetrics, {
    binaryAccuracy: 'binaryAccuracy',
    binaryCrossentropy: 'binaryCrossentropy',
    sparseCategoricalAccuracy: 'sparseCategoricalAccuracy',
    categoricalAccuracy: 'categoricalAccuracy',
    categoricalCrossentropy: 'categoricalCrossentropy',
    precision: 'precision',
    recall: 'recall',
    cosineProximity: 'cosineProximity',
    meanAbsoluteError: 'meanAbsoluteError',
    meanAbsolutePercentageError: 'meanAbsolutePercentageError',
    MAPE: 'meanAbsolutePercentageError',
    mape: 'meanAbsolutePercentageError',
    meanSquaredError: 'meanSquaredError',
    MSE: 'meanSquaredError',
    mse: 'meanSquaredError',
  }),
  ...named(coreLosses, {
    meanSquaredError: 'meanSquaredError',
    absoluteDifference: 'meanAbsoluteError',
    huberLoss: 'huber',
    sigmoidCrossEntropy: 'binaryCrossentropyFromLogits',
    softmaxCrossEntropy: 'categoricalCrossentropyFromLogits',
  }),
]);

/** The name of a loss or metric; undefined for a function of the user's own. */
export function identify(identifier: ObjectiveIdentifier): string | undefined {
  return typeof identifier === 'string' ? identifier : names.get(identifier);
}

/** How errors call it. */
export function describeIdentifier(identifier: ObjectiveIdentifier): string {
  return typeof identifier === 'string' ? `'${identifier}'` : `${identifier.name || 'anonymous'}()`;
}
