import { hyperDenseSpec } from './hyperDense.js';

/** Layers whose weights are computed from an input. */
export const hyperLayers = {
  hyperDense: hyperDenseSpec,
} as const;
