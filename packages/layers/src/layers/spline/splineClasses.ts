import { RbfKan } from './rbfKan.js';
import { SplineKan } from './splineKan.js';

/** The wrappers of the spline family. */
export const splineClasses = [SplineKan, RbfKan] as const;
