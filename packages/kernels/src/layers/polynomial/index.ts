export type { BasisName } from './basisFunctions.js';
export { collapseTaylor } from './collapseTaylor.js';
export type { TaylorMode } from './evaluateTaylor.js';
export type { IndexSet } from './monomials.js';
export type { InputDomain, InputNormalization } from './normalizeInput.js';
export type { PolynomialBasis, PolynomialBasisName } from './orthogonalBases.js';
export {
  type OrthogonalPolynomialConfig,
  type OrthogonalPolynomialStart,
  orthogonalPolynomialSpec,
} from './orthogonalPolynomial.js';
export type { PolynomialForm } from './polynomialForms.js';
export { type PolynomialNetworkConfig, polynomialNetworkSpec } from './polynomialNetwork.js';
export type { PolynomialNetworkStart } from './polynomialNetworkStart.js';
export { type RationalConfig, rationalSpec } from './rational.js';
export type { RationalStart, RationalVersion } from './rationalStart.js';
export { type SigmaPiConfig, type SigmaPiStart, sigmaPiSpec } from './sigmaPi.js';
export { type SumProductCombination, type SumProductConfig, sumProductSpec } from './sumProduct.js';
export { taylorSpec } from './taylor.js';
export type { TaylorConfig } from './taylorParameters.js';
export type { TaylorCoefficientInit } from './taylorStart.js';
