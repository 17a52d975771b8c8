export { HyperDense, hyperDense } from './hyperDense.js';
