export { type QuadDenseConfig, type QuadDenseStart, quadDenseSpec } from './quadDense.js';
