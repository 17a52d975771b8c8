import { findByName } from '../findByName.js';
import {
  binaryCrossentropy,
  binaryCrossentropyFromLogits,
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
} from './crossentropy.js';
import type { LossSpec } from './lossSpec.js';
import { categoricalHinge, hinge, squaredHinge } from './margin.js';
import {
  huber,
  logcosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from './regression.js';
import { cosineProximity, kullbackLeiblerDivergence } from './similarity.js';

export type LossName =
  | 'meanSquaredError'
  | 'meanAbsoluteError'
  | 'meanAbsolutePercentageError'
  | 'meanSquaredLogarithmicError'
  | 'huber'
  | 'logcosh'
  | 'poisson'
  | 'binaryCrossentropy'
  | 'binaryCrossentropyFromLogits'
  | 'categoricalCrossentropy'
  | 'categoricalCrossentropyFromLogits'
  | 'sparseCategoricalCrossentropy'
  | 'sparseCategoricalCrossentropyFromLogits'
  | 'hinge'
  | 'squaredHinge'
  | 'categoricalHinge'
  | 'kullbackLeiblerDivergence'
  | 'cosineProximity';

/** Every loss, by name; `huber` with delta 1. */
export const losses: { readonly [K in LossName]: LossSpec } = {
  meanSquaredError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  huber: huber(),
  logcosh,
  poisson,
  binaryCrossentropy,
  binaryCrossentropyFromLogits,
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
  hinge,
  squaredHinge,
  categoricalHinge,
  kullbackLeiblerDivergence,
  cosineProximity,
};

/**
 * The loss of this name or alias, such as 'mse' or 'binary_crossentropy'.
 *
 * Throws   ValueError that lists every loss
 */
export function loss(name: string): LossSpec {
  return findByName('loss', losses, name);
}
