import { OrthogonalPolynomial } from './orthogonalPolynomial.js';
import { PolynomialNetwork } from './polynomialNetwork.js';
import { Rational } from './rational.js';
import { SigmaPi } from './sigmaPi.js';
import { SumProduct } from './sumProduct.js';
import { Taylor } from './taylor.js';

/** The wrappers of the polynomial family. */
export const polynomialClasses = [
  Taylor,
  OrthogonalPolynomial,
  PolynomialNetwork,
  Rational,
  SigmaPi,
  SumProduct,
] as const;
