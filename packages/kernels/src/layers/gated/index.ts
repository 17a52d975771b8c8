export type { GateStart } from './gateStart.js';
export { type GluConfig, gluSpec } from './glu.js';
export { type SwigluFeedForwardConfig, swigluFeedForwardSpec } from './swigluFeedForward.js';
