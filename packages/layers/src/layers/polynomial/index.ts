export { OrthogonalPolynomial, orthogonalPolynomial } from './orthogonalPolynomial.js';
export { PolynomialNetwork, polynomialNetwork } from './polynomialNetwork.js';
export { Rational, rational } from './rational.js';
export { SigmaPi, sigmaPi } from './sigmaPi.js';
export { SumProduct, sumProduct } from './sumProduct.js';
export { Taylor, taylor } from './taylor.js';
