export {
  type ConformanceCase,
  type DerivativeCase,
  type Expectation,
  expectationOf,
  startOf,
} from './conformanceCase.js';
export { drawValues } from './drawValues.js';
export { type CaseResult, expectAsInterpreted } from './expectAsInterpreted.js';
export { integerCases, specialCases } from './extremeCases.js';
export { activationCases, allActivations, allLosses, lossCases } from './functionCases.js';
export { expectJoined, joinCases } from './joinCases.js';
export {
  derivativeTolerances,
  isParameter,
  type LayerCaseOptions,
  largeLayerCases,
  layerCases,
  layerNames,
} from './layerCases.js';
export { opCases } from './opCases.js';
export { type OpSample, opSamples } from './opSamples.js';
export {
  allOptimizers,
  clippingCases,
  type NetworkShape,
  networkCase,
  optimizerCases,
} from './optimizerCases.js';
export { derivativesOf, keepInState, keptInState } from './programForms.js';
export { expectRun, expectScan, repeated, stack, takeStep } from './runCase.js';
