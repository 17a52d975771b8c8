export { type ActivationConfig, activationSpec } from './activation.js';
export { type AffineConfig, affineSpec } from './affine.js';
export { type ConcatenateConfig, concatenateSpec } from './concatenate.js';
export { type Conv2dConfig, conv2dSpec } from './conv2d.js';
export { type DenseConfig, denseSpec } from './dense.js';
export { type DropoutConfig, dropoutSpec } from './dropout.js';
export { flattenSpec } from './flatten.js';
export { type LeakyReluConfig, leakyReluSpec } from './leakyRelu.js';
export { addSpec, type MergeConfig, multiplySpec } from './merge.js';
export {
  averagePool2dSpec,
  globalAveragePool2dSpec,
  maxPool2dSpec,
  type Pooling2dConfig,
} from './pooling2d.js';
export { type ReshapeConfig, reshapeSpec } from './reshape.js';
export { type SoftmaxConfig, softmaxSpec } from './softmax.js';
export type { Extent2d, Padding } from './windows.js';
