import { enableProdMode } from '@tensorflow/tfjs-core';

/**
 * Takes tfjs's banner ("Hi, looks like you are running TensorFlow.js in Node.js...") and its notices about kernels that
 * are registered twice out of our output: in production mode tfjs does not print them. It changes no number.
 *
 * Call before the first tfjs backend is loaded.
 */
export function silenceTfjs(): void {
  enableProdMode();
}
