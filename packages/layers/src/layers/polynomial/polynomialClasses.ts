import { Taylor } from './taylor.js';

/** The wrappers of the polynomial family. */
export const polynomialClasses = [Taylor] as const;
