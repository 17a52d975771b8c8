import { Affine } from './affine.js';

/** The wrappers of the stock family. */
export const stockClasses = [Affine] as const;
