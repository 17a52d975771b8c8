import { findByName } from '../findByName.js';
import { adadelta } from './adadelta.js';
import { adagrad } from './adagrad.js';
import { adam, adamW } from './adam.js';
import { adamax } from './adamax.js';
import type { OptimizerSpec } from './optimizerSpec.js';
import { rmsprop } from './rmsprop.js';
import { momentum, sgd } from './sgd.js';

/** Every optimizer, by name. */
export const optimizers = { sgd, momentum, rmsprop, adam, adamW, adagrad, adadelta, adamax } as const;

export type OptimizerName = keyof typeof optimizers;

/**
 * The optimizer of this name or alias, such as 'RMSProp'.
 *
 * Throws   ValueError that lists every optimizer
 */
export function optimizer(name: string): OptimizerSpec {
  return findByName<OptimizerSpec>('optimizer', optimizers, name);
}
