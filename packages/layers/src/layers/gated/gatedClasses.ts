import { Glu } from './glu.js';
import { SwigluFeedForward } from './swigluFeedForward.js';

/** The wrappers of the gated family. */
export const gatedClasses = [Glu, SwigluFeedForward] as const;
