import type { Executable } from '@polyneuron/backend';
import type { StateValues } from '../training/weightMirror.js';

/** What joins the optimizer's state on the device with where it lives between calls of fit. */
export interface OptimizerLink {
  /** State entries that the optimizer keeps, without the learning rate. */
  readonly stateNames: readonly string[];
  /** Uploads everything. */
  load(executable: Executable): Promise<void>;
  /** Uploads the learning rate where it changed; a schedule computes its own. */
  uploadLearningRate(executable: Executable): void;
  /** Stores what was read from the device. */
  save(values: StateValues): void;
}
