export { type HyperDenseConfig, hyperDenseSpec } from './hyperDense.js';
