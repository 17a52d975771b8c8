import { householderSpec } from './householder.js';
import { orthogonalDenseSpec } from './orthogonalDense.js';

/** Layers that keep lengths. */
export const orthogonalLayers = {
  householder: householderSpec,
  orthogonalDense: orthogonalDenseSpec,
} as const;
