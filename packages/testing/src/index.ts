export { checkGradient, type GradientCheck } from './checkGradient.js';
export { type Comparable, expectClose, type ShapedValues } from './expectClose.js';
export {
  type DegreeLaw,
  expectDegree,
  expectMultilinear,
  expectSymmetric,
  type MultiFunction,
  type MultilinearLaw,
  type SymmetryLaw,
  type VectorFunction,
} from './laws.js';
export {
  appliesTo,
  type CheckedLayer,
  type CheckedParameter,
  type CheckedSample,
  coreAxes,
  exemptionOf,
  type LayerCheck,
  type LayerCheckName,
  layerChecks,
} from './layerChecks.js';
export { type TestRandom, testRandom } from './testRandom.js';
export {
  type DTypeTolerances,
  finiteDifferenceTolerance,
  type Tolerance,
  type ToleranceDType,
  tolerances,
} from './tolerances.js';
export { ulpDistance } from './ulpDistance.js';
export {
  type GoldenFile,
  goldenFile,
  hasGoldenFile,
  type Provenance,
  parseGoldenFile,
  vectors,
} from './vectors.js';
