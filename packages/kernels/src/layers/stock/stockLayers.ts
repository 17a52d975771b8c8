import { activationSpec } from './activation.js';
import { affineSpec } from './affine.js';
import { concatenateSpec } from './concatenate.js';
import { conv2dSpec } from './conv2d.js';
import { denseSpec } from './dense.js';
import { dropoutSpec } from './dropout.js';
import { flattenSpec } from './flatten.js';
import { leakyReluSpec } from './leakyRelu.js';
import { addSpec, multiplySpec } from './merge.js';
import { averagePool2dSpec, globalAveragePool2dSpec, maxPool2dSpec } from './pooling2d.js';
import { reshapeSpec } from './reshape.js';
import { softmaxSpec } from './softmax.js';

/** The stock layers of tfjs. */
export const stockLayers = {
  affine: affineSpec,
  dense: denseSpec,
  conv2d: conv2dSpec,
  maxPool2d: maxPool2dSpec,
  averagePool2d: averagePool2dSpec,
  globalAveragePool2d: globalAveragePool2dSpec,
  flatten: flattenSpec,
  reshape: reshapeSpec,
  activation: activationSpec,
  leakyRelu: leakyReluSpec,
  softmax: softmaxSpec,
  dropout: dropoutSpec,
  concatenate: concatenateSpec,
  add: addSpec,
  multiply: multiplySpec,
} as const;
