import { crossMixSpec } from './crossMix.js';
import { crossNetworkSpec } from './crossNetwork.js';
import { eulerInteractionSpec } from './eulerInteraction.js';
import { factorizedInteractionSpec } from './factorizedInteraction.js';
import { featureCrossSpec } from './featureCross.js';
import { gatedCrossSpec } from './gatedCross.js';
import { interactionAggregationSpec } from './interactionAggregation.js';
import { khatriRaoSpec } from './khatriRao.js';
import { logTransformSpec } from './logTransform.js';
import { maskBlockSpec } from './maskBlock.js';

/** Layers that multiply their input with a map of itself and keep it, and their relatives in interaction networks. */
export const crossLayers = {
  featureCross: featureCrossSpec,
  crossNetwork: crossNetworkSpec,
  crossMix: crossMixSpec,
  gatedCross: gatedCrossSpec,
  khatriRao: khatriRaoSpec,
  maskBlock: maskBlockSpec,
  factorizedInteraction: factorizedInteractionSpec,
  interactionAggregation: interactionAggregationSpec,
  eulerInteraction: eulerInteractionSpec,
  logTransform: logTransformSpec,
} as const;
