import { gluSpec } from './glu.js';
import { swigluFeedForwardSpec } from './swigluFeedForward.js';

/** Layers whose one half scales the other. */
export const gatedLayers = {
  glu: gluSpec,
  swigluFeedForward: swigluFeedForwardSpec,
} as const;
