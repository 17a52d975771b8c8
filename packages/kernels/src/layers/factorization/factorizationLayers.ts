import { afmSpec } from './afm.js';
import { biInteractionSpec } from './biInteraction.js';
import { bilinearInteractionSpec } from './bilinearInteraction.js';
import { cinSpec } from './cin.js';
import { dotInteractionSpec } from './dotInteraction.js';
import { elementarySymmetricSpec } from './elementarySymmetric.js';
import { factorizationMachineSpec } from './factorizationMachine.js';
import { ffmSpec } from './ffm.js';
import { fmfmSpec } from './fmfm.js';
import { fwfmSpec } from './fwfm.js';
import { squeezeExcitationSpec } from './squeezeExcitation.js';

/** Factorization machines and other layers on fields of embeddings [..., F, D]. */
export const factorizationLayers = {
  factorizationMachine: factorizationMachineSpec,
  fwfm: fwfmSpec,
  fmfm: fmfmSpec,
  ffm: ffmSpec,
  afm: afmSpec,
  cin: cinSpec,
  bilinearInteraction: bilinearInteractionSpec,
  dotInteraction: dotInteractionSpec,
  biInteraction: biInteractionSpec,
  elementarySymmetric: elementarySymmetricSpec,
  squeezeExcitation: squeezeExcitationSpec,
} as const;
