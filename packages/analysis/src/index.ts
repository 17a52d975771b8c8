export {
  type DepthGainOptions,
  type DepthGainRow,
  depthGain,
  type MakeLayer,
  type StackOptions,
} from './depth/depthGain.js';
export { type DepthTableOptions, type DepthTableRow, depthTable } from './depth/depthTable.js';
export type { Spread } from './depth/spread.js';
export type { InteractionUnit } from './interaction/interactionGroups.js';
export {
  type InteractionMatrix,
  type InteractionMatrixOptions,
  interactionMatrix,
} from './interaction/interactionMatrix.js';
export {
  NotPolynomialError,
  type NotPolynomialFields,
  PolynomialSizeError,
  type PolynomialSizeFields,
} from './polynomial/errors.js';
export { evaluatePolynomial } from './polynomial/evaluatePolynomial.js';
export {
  type GraphPolynomialsOptions,
  graphPolynomials,
  type PolynomialLimits,
} from './polynomial/graphPolynomials.js';
export {
  coefficientOf,
  type Polynomial,
  type PolynomialTerm,
  polynomialDegree,
} from './polynomial/polynomial.js';
export { type PrintPolynomialOptions, printPolynomial } from './polynomial/printPolynomial.js';
export { type ToPolynomialOptions, toPolynomial } from './polynomial/toPolynomial.js';
export type { Samples } from './sampleData.js';
export type { Subject } from './subject.js';
