/** @file How fit steps, as the user asks for it: optimizer, schedule, clipping, parameter groups. */
import type { ParameterGroups } from './parameterGroups.js';
import type { ScheduleArgs } from './schedule.js';

/**
 * An optimizer by name, with its options: { name: 'adamW', learningRate: 1e-3, weightDecay: 0.01 }. It keeps its state
 * as long as this object: pass the same object to the next fit to go on.
 */
export interface OptimizerArgs {
  readonly name: string;
  readonly [option: string]: unknown;
}

export interface TrainingOptions {
  /** An optimizer in place of the one that the model was compiled with. */
  readonly optimizer?: OptimizerArgs | null;
  /** The learning rate over steps, in place of the optimizer's: a rate that a callback sets then has no effect. */
  readonly schedule?: ScheduleArgs | null;
  /** Each weight's gradient scaled to at most this norm; at most one of the three clips. */
  readonly clipNorm?: number | null;
  /** All gradients scaled to at most this norm together: their direction stays. */
  readonly clipGlobalNorm?: number | null;
  /** Every element of every gradient into [-clipValue, clipValue]. */
  readonly clipValue?: number | null;
  /**
   * Weights that learn otherwise than the rest: { higherOrder: { learningRateFactor: 1e-2, decay: 1e-3 } }. Weights
   * whose law is random are pulled to where they were when the first fit with this object began.
   */
  readonly parameterGroups?: ParameterGroups | null;
}
