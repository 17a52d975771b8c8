import { kervolution2dSpec } from './kervolution2d.js';
import { quadConv2dSpec } from './quadConv2d.js';
import { volterra2dSpec } from './volterra2d.js';

/** Convolutions whose windows are multiplied with themselves, or met by a kernel function. */
export const convolutionLayers = {
  quadConv2d: quadConv2dSpec,
  kervolution2d: kervolution2dSpec,
  volterra2d: volterra2dSpec,
} as const;
