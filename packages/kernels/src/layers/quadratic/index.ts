export { type BilinearConfig, bilinearSpec } from './bilinear.js';
export { type QuadDenseConfig, type QuadDenseStart, quadDenseSpec } from './quadDense.js';
export {
  type QuadraticFormConfig,
  type QuadraticFormForm,
  type QuadraticFormStart,
  quadraticFormSpec,
} from './quadraticForm.js';
export type { QuadDenseVariant } from './quadVariants.js';
