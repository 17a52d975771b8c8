export type { ActivityPenalty } from './activityPenalty.js';
export type { LayerArguments } from './layerArguments.js';
export { layerClasses } from './layerClasses.js';
export * from './layers/companion/index.js';
export * from './layers/convolution/index.js';
export * from './layers/cross/index.js';
export * from './layers/factorization/index.js';
export * from './layers/gated/index.js';
export * from './layers/hyper/index.js';
export * from './layers/orthogonal/index.js';
export * from './layers/polynomial/index.js';
export * from './layers/quadratic/index.js';
export * from './layers/spline/index.js';
export * from './layers/stock/index.js';
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
