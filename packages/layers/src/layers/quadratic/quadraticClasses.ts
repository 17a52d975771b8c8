import { QuadDense } from './quadDense.js';

/** The wrappers of the quadratic family. */
export const quadraticClasses = [QuadDense] as const;
