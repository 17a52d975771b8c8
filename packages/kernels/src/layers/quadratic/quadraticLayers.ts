import { quadDenseSpec } from './quadDense.js';

/** Layers of degree 2 in their input. */
export const quadraticLayers = {
  quadDense: quadDenseSpec,
} as const;
