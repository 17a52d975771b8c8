export { Glu, glu } from './glu.js';
export { SwigluFeedForward, swigluFeedForward } from './swigluFeedForward.js';
