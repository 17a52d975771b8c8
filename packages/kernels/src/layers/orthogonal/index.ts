export { type HouseholderConfig, householderSpec } from './householder.js';
export { type OrthogonalDenseConfig, orthogonalDenseSpec } from './orthogonalDense.js';
