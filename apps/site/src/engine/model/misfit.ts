import { EngineError } from '../engineError.js';

/** A model that cannot be shown, and why. */
export function misfit(reason: string): EngineError {
  return new EngineError('network', `This model cannot be shown here: ${reason}.`);
}
