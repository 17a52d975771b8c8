export { QuadDense, quadDense } from './quadDense.js';
