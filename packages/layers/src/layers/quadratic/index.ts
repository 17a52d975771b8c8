export { Bilinear, bilinear } from './bilinear.js';
export { QuadDense, quadDense } from './quadDense.js';
export { QuadraticForm, quadraticForm } from './quadraticForm.js';
