import { CrossMix } from './crossMix.js';
import { CrossNetwork } from './crossNetwork.js';
import { EulerInteraction } from './eulerInteraction.js';
import { FactorizedInteraction } from './factorizedInteraction.js';
import { FeatureCross } from './featureCross.js';
import { GatedCross } from './gatedCross.js';
import { InteractionAggregation } from './interactionAggregation.js';
import { KhatriRao } from './khatriRao.js';
import { LogTransform } from './logTransform.js';
import { MaskBlock } from './maskBlock.js';

/** The wrappers of the cross family. */
export const crossClasses = [
  FeatureCross,
  CrossNetwork,
  CrossMix,
  GatedCross,
  KhatriRao,
  MaskBlock,
  FactorizedInteraction,
  InteractionAggregation,
  EulerInteraction,
  LogTransform,
] as const;
