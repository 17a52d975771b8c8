import { Householder } from './householder.js';
import { OrthogonalDense } from './orthogonalDense.js';

/** The wrappers of the orthogonal family. */
export const orthogonalClasses = [Householder, OrthogonalDense] as const;
