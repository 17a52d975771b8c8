export { type Kervolution2dConfig, kervolution2dSpec } from './kervolution2d.js';
export type { PatchKernelName } from './patchKernels.js';
export { type QuadConv2dConfig, type QuadConv2dVariant, quadConv2dSpec } from './quadConv2d.js';

export { type Volterra2dConfig, volterra2dSpec } from './volterra2d.js';
