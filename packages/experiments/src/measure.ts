/** @file Metrics of predictions, summed in float64 whatever the backend computed in. */
import type { Metrics } from './result.js';

/** Values with targets of the same number, or class indices with one distribution per sample. */
export interface Predictions {
  readonly predicted: ArrayLike<number>;
  readonly expected: ArrayLike<number>;
}

/** mse = mean (p − y)², rmse = √mse, loss = mse. */
export function regressionMetrics({ predicted, expected }: Predictions): Metrics {
  let sum = 0;
  for (let at = 0; at < expected.length; at++)
    sum += ((predicted[at] as number) - (expected[at] as number)) ** 2;
  const mse = sum / expected.length;
  return { loss: mse, mse, rmse: Math.sqrt(mse) };
}

/** Smallest probability whose logarithm counts, as in Keras. */
const epsilon = 1e-7;

/**
 * loss = mean −ln p[label] (categorical cross-entropy), accuracy = share of samples whose largest probability is that
 * of their label.
 *
 * Shapes   predicted [N, classes], expected [N]
 */
export function classificationMetrics({ predicted, expected }: Predictions): Metrics {
  const count = expected.length;
  const classes = predicted.length / count;
  let loss = 0;
  let hits = 0;
  for (let row = 0; row < count; row++) {
    const label = expected[row] as number;
    let best = 0;
    for (let at = 1; at < classes; at++) {
      if ((predicted[row * classes + at] as number) > (predicted[row * classes + best] as number)) best = at;
    }
    if (best === label) hits++;
    loss -= Math.log(Math.min(1, Math.max(epsilon, predicted[row * classes + label] as number)));
  }
  return { loss: loss / count, accuracy: hits / count };
}
