export { GroupNorm, groupNorm } from './groupNorm.js';
export { LayerNorm, layerNorm } from './layerNorm.js';
export { ReZero, reZero } from './reZero.js';
export { RmsNorm, rmsNorm } from './rmsNorm.js';
export { Siren, siren } from './siren.js';
export { SpectralDense, spectralDense } from './spectralDense.js';
