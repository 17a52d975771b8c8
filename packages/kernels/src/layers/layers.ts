import { ValueError } from '@polyneuron/graph';
import type { LayerSpec } from '../layerSpec.js';
import { activationSpec } from './activation.js';
import { affineSpec } from './affine.js';
import { closestName } from './closestName.js';
import { concatenateSpec } from './concatenate.js';
import { conv2dSpec } from './conv2d.js';
import { denseSpec } from './dense.js';
import { dropoutSpec } from './dropout.js';
import { featureCrossSpec } from './featureCross.js';
import { flattenSpec } from './flatten.js';
import { householderSpec } from './householder.js';
import { hyperDenseSpec } from './hyperDense.js';
import { addSpec, multiplySpec } from './merge.js';
import { averagePool2dSpec, globalAveragePool2dSpec, maxPool2dSpec } from './pooling2d.js';
import { quadDenseSpec } from './quadDense.js';
import { reshapeSpec } from './reshape.js';
import { softmaxSpec } from './softmax.js';
import { taylorSpec } from './taylor.js';

/** Every layer, by name: first those of the seed documents, then the stock ones. */
export const layers = {
  quadDense: quadDenseSpec,
  featureCross: featureCrossSpec,
  hyperDense: hyperDenseSpec,
  taylor: taylorSpec,
  householder: householderSpec,
  affine: affineSpec,
  dense: denseSpec,
  conv2d: conv2dSpec,
  maxPool2d: maxPool2dSpec,
  averagePool2d: averagePool2dSpec,
  globalAveragePool2d: globalAveragePool2dSpec,
  flatten: flattenSpec,
  reshape: reshapeSpec,
  activation: activationSpec,
  softmax: softmaxSpec,
  dropout: dropoutSpec,
  concatenate: concatenateSpec,
  add: addSpec,
  multiply: multiplySpec,
} as const;

export type LayerName = keyof typeof layers;

/**
 * The layer of this name.
 *
 * Throws   ValueError that lists every layer and suggests the closest
 */
export function layer(name: string): LayerSpec {
  if (Object.hasOwn(layers, name)) return layers[name as LayerName];
  const known = Object.keys(layers);
  const closest = closestName(name, known);
  throw new ValueError({
    subject: 'layer',
    expected: `one of ${known.join(', ')}`,
    received: `'${name}'`,
    fix: closest ? `did you mean '${closest}'?` : 'pass one of the names above',
  });
}
