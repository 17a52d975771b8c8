import { HyperDense } from './hyperDense.js';

/** The wrappers of the hyper family. */
export const hyperClasses = [HyperDense] as const;
