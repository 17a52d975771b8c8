import { featureCrossSpec } from './featureCross.js';

/** Layers that multiply their input with an affine map of itself, and keep it: cross networks. */
export const crossLayers = {
  featureCross: featureCrossSpec,
} as const;
