import { input, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { affine, featureCross, householder, hyperDense, quadDense, taylor } from '../index.js';

/** A model with every layer of the package: x [B, 4] → [B, 2]. */
export function everyLayerModel(): LayersModel {
  const x = input({ shape: [4], name: 'x' });
  const first = quadDense({ units: 4, activation: 'tanh', name: 'quad', kernelRegularizer: 'l1l2' }).apply(x);
  const crossed = featureCross({ name: 'cross' }).apply([x, first as SymbolicTensor]);
  const generated = hyperDense({ units: 4, hiddenUnits: 3, name: 'hyper' }).apply(crossed);
  const series = taylor({ degree: 2, name: 'taylor' }).apply(generated);
  const reflected = householder({ reflections: 2, name: 'mirror' }).apply(series);
  const outputs = affine({ units: 2, name: 'affine' }).apply(reflected) as SymbolicTensor;
  return model({ inputs: x, outputs, name: 'everything' });
}
