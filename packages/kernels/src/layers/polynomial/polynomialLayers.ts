import { orthogonalPolynomialSpec } from './orthogonalPolynomial.js';
import { polynomialNetworkSpec } from './polynomialNetwork.js';
import { rationalSpec } from './rational.js';
import { sigmaPiSpec } from './sigmaPi.js';
import { sumProductSpec } from './sumProduct.js';
import { taylorSpec } from './taylor.js';

/** Layers that are polynomials, power series or quotients of them. */
export const polynomialLayers = {
  taylor: taylorSpec,
  orthogonalPolynomial: orthogonalPolynomialSpec,
  polynomialNetwork: polynomialNetworkSpec,
  rational: rationalSpec,
  sigmaPi: sigmaPiSpec,
  sumProduct: sumProductSpec,
} as const;
