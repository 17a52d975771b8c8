import { Householder } from './householder.js';

/** The wrappers of the orthogonal family. */
export const orthogonalClasses = [Householder] as const;
