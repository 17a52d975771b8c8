import { serialization } from '@tensorflow/tfjs-core';
import { layerClasses } from './layerClasses.js';

/**
 * Makes tfjs find these layers when it loads a model. Call it before `loadLayersModel`; calling it again does nothing
 * new.
 */
export function registerLayers(): void {
  for (const LayerClass of layerClasses) serialization.registerClass(LayerClass, 'Polyneuron');
}
