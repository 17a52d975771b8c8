import { GroupNorm } from './groupNorm.js';
import { LayerNorm } from './layerNorm.js';
import { ReZero } from './reZero.js';
import { RmsNorm } from './rmsNorm.js';
import { Siren } from './siren.js';
import { SpectralDense } from './spectralDense.js';

/** The wrappers of the companion family. */
export const companionClasses = [Siren, RmsNorm, LayerNorm, GroupNorm, ReZero, SpectralDense] as const;
