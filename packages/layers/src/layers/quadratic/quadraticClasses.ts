import { Bilinear } from './bilinear.js';
import { QuadDense } from './quadDense.js';
import { QuadraticForm } from './quadraticForm.js';

/** The wrappers of the quadratic family. */
export const quadraticClasses = [QuadDense, QuadraticForm, Bilinear] as const;
