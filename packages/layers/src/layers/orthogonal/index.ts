export { Householder, householder } from './householder.js';
export { OrthogonalDense, orthogonalDense } from './orthogonalDense.js';
