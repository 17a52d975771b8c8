export { type AfmConfig, afmSpec } from './afm.js';
export { type BiInteractionConfig, biInteractionSpec } from './biInteraction.js';
export {
  type BilinearInteractionConfig,
  type BilinearProduct,
  type BilinearType,
  bilinearInteractionSpec,
} from './bilinearInteraction.js';
export { type CinConfig, cinSpec } from './cin.js';
export { type DotInteractionConfig, dotInteractionSpec } from './dotInteraction.js';
export { type ElementarySymmetricConfig, elementarySymmetricSpec } from './elementarySymmetric.js';
export {
  type FactorizationMachineConfig,
  type FactorizationMachineStart,
  factorizationMachineSpec,
} from './factorizationMachine.js';
export { type FfmConfig, ffmSpec } from './ffm.js';
export { fieldPairs } from './fieldPairs.js';
export type { FieldScoreStart } from './fieldScore.js';
export { type FmfmConfig, type FmfmPairForm, fmfmSpec } from './fmfm.js';
export { type FwfmConfig, fwfmSpec } from './fwfm.js';
export {
  type SqueezeExcitationConfig,
  type SqueezeExcitationStart,
  squeezeExcitationSpec,
} from './squeezeExcitation.js';
