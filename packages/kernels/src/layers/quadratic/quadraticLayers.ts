import { bilinearSpec } from './bilinear.js';
import { quadDenseSpec } from './quadDense.js';
import { quadraticFormSpec } from './quadraticForm.js';

/** Layers of degree 2 in their input. */
export const quadraticLayers = {
  quadDense: quadDenseSpec,
  quadraticForm: quadraticFormSpec,
  bilinear: bilinearSpec,
} as const;
