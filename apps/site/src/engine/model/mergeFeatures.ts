import { quadraticFeaturesSpec } from '../network/quadraticFeatures.js';
import type { ModelLayer } from './modelLayer.js';

/**
 * A dense layer on the products of two inputs as the quadratic form that it is: tfjs has no layer for the products.
 *
 * kernel [n + n (n + 1) / 2, m] is kernelL [n, m] above kernelS [n (n + 1) / 2, m], in the order of the features.
 */
export function mergeFeatures(layers: readonly ModelLayer[], inputs: number): readonly ModelLayer[] {
  const [features, dense, ...rest] = layers;
  if (features.layer !== quadraticFeaturesSpec.name) return layers;
  const units = dense.config.units as number;
  const [kernel, bias] = dense.weights;
  const split = inputs * units;
  const values = Array.from(kernel.values);
  const weights = [
    { name: 'kernelS', shape: [(inputs * (inputs + 1)) / 2, units], values: values.slice(split) },
    { name: 'kernelL', shape: [inputs, units], values: values.slice(0, split) },
    { name: 'biasL', shape: [units], values: bias.values },
  ];
  return [{ layer: 'quadraticForm', config: { units, form: 'symmetric' }, weights }, ...rest];
}
