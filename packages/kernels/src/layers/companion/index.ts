export { type GroupNormConfig, groupNormSpec } from './groupNorm.js';
export { type LayerNormConfig, layerNormSpec } from './layerNorm.js';
export { type ReZeroConfig, reZeroSpec } from './reZero.js';
export { type RmsNormConfig, rmsNormSpec } from './rmsNorm.js';
export { type SirenConfig, sirenSpec } from './siren.js';
export { type SpectralDenseConfig, spectralDenseSpec } from './spectralDense.js';
