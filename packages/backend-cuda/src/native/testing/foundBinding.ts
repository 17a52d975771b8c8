/** @file Whether tests have a TensorFlow: `node scripts/nativeBinding.mjs` makes one. */
import { chooseBinding } from '../locate/bindings.js';

const choice = chooseBinding();

export const hasBinding = choice.path !== undefined;

/** Says once per file what is not tested. */
export function warnWithoutBinding(what: string): void {
  if (choice.path === undefined)
    console.warn(
      `SKIPPED: ${what}, which need a binding of tfjs-node: ${choice.reason}; 'node scripts/nativeBinding.mjs' makes one`,
    );
}
