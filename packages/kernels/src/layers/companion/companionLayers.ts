import { groupNormSpec } from './groupNorm.js';
import { layerNormSpec } from './layerNorm.js';
import { reZeroSpec } from './reZero.js';
import { rmsNormSpec } from './rmsNorm.js';
import { sirenSpec } from './siren.js';
import { spectralDenseSpec } from './spectralDense.js';

/** What higher-order layers are combined with: normalisers, gates that start closed, sinusoids. */
export const companionLayers = {
  siren: sirenSpec,
  rmsNorm: rmsNormSpec,
  layerNorm: layerNormSpec,
  groupNorm: groupNormSpec,
  reZero: reZeroSpec,
  spectralDense: spectralDenseSpec,
} as const;
