export type { ActivityPenalty } from './activityPenalty.js';
export type { LayerArguments } from './layerArguments.js';
export { layerClasses } from './layerClasses.js';
export { Affine, affine } from './layers/affine.js';
export { FeatureCross, featureCross } from './layers/featureCross.js';
export { Householder, householder } from './layers/householder.js';
export { HyperDense, hyperDense } from './layers/hyperDense.js';
export { QuadDense, quadDense } from './layers/quadDense.js';
export { Taylor, taylor } from './layers/taylor.js';
export { registerLayers } from './registerLayers.js';
export { type LayerParameter, SpecLayer } from './specLayer.js';
export type { Constraint, Initializer, Regularizer, SerializedObject } from './tfjsTypes.js';
export type {
  ConstraintOption,
  InitializerOption,
  RegularizerOption,
  WeightArguments,
  WeightOptions,
} from './weightOptions.js';
