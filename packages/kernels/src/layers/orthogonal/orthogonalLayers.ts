import { householderSpec } from './householder.js';

/** Layers that keep lengths. */
export const orthogonalLayers = {
  householder: householderSpec,
} as const;
