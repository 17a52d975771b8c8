import { taylorSpec } from './taylor.js';

/** Layers that are polynomials, power series or quotients of them. */
export const polynomialLayers = {
  taylor: taylorSpec,
} as const;
