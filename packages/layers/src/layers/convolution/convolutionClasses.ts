import { Kervolution2d } from './kervolution2d.js';
import { QuadConv2d } from './quadConv2d.js';
import { Volterra2d } from './volterra2d.js';

/** The wrappers of the convolution family. */
export const convolutionClasses = [QuadConv2d, Kervolution2d, Volterra2d] as const;
