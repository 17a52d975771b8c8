export { type CrossMixConfig, crossMixSpec } from './crossMix.js';
export { type CrossNetworkConfig, crossNetworkSpec } from './crossNetwork.js';
export type { CrossStart } from './crossStart.js';
export type { CrossStepConfig, ExpertGate, PlainStepConfig } from './crossStep.js';
export type { CrossMode } from './crossSteps.js';
export { type EulerEncoding, type EulerInteractionConfig, eulerInteractionSpec } from './eulerInteraction.js';
export {
  type FactorizedInteractionConfig,
  factorizedInteractionSpec,
  type ResidualType,
} from './factorizedInteraction.js';
export { type FeatureCrossConfig, type FeatureCrossStart, featureCrossSpec } from './featureCross.js';
export { type GatedCrossConfig, gatedCrossSpec } from './gatedCross.js';
export { type InteractionAggregationConfig, interactionAggregationSpec } from './interactionAggregation.js';
export { type KhatriRaoConfig, khatriRaoSpec } from './khatriRao.js';
export { type LogTransformConfig, logTransformSpec } from './logTransform.js';
export { type MaskBlockConfig, maskBlockSpec } from './maskBlock.js';
