import { FeatureCross } from './featureCross.js';

/** The wrappers of the cross family. */
export const crossClasses = [FeatureCross] as const;
