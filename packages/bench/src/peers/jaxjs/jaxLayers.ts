/**
 * @file Layers, activations and losses of the step cases in jax-js, as its user writes them. An operation takes its
 * operands away: what is used again is passed as `.ref`.
 */
import type { Array as JaxArray } from '@jax-js/jax';
import type { LayerName, LossName } from '@polyneuron/kernels';

export type JaxModule = typeof import('@jax-js/jax');

/** Arrays by the names of their weights. */
export type Weights = Readonly<Record<string, JaxArray>>;

type Forward = (jax: JaxModule, x: JaxArray, weights: Weights, activation: string) => JaxArray;

export const activations: Readonly<Record<string, (jax: JaxModule, x: JaxArray) => JaxArray>> = {
  linear: (_, x) => x,
  relu: ({ nn }, x) => nn.relu(x),
  sigmoid: ({ nn }, x) => nn.sigmoid(x),
  tanh: ({ numpy }, x) => numpy.tanh(x),
  softmax: ({ nn }, x) => nn.softmax(x),
};

export const forwards: { readonly [K in LayerName]?: Forward } = {
  dense: (jax, x, { kernel, bias }, activation) =>
    activations[activation](jax, jax.numpy.matmul(x, kernel).add(bias)),
  quadDense(jax, x, weights, activation) {
    const { matmul, square } = jax.numpy;
    const product = matmul(x.ref, weights.kernelR)
      .add(weights.biasR)
      .mul(matmul(x.ref, weights.kernelG).add(weights.biasG));
    const squares = matmul(square(x), weights.kernelB).add(weights.biasC);
    return activations[activation](jax, product.add(squares));
  },
  featureCross: ({ numpy }, x, { kernel, bias }) => numpy.matmul(x.ref, kernel).add(bias).mul(x.ref).add(x),
};

type Loss = (jax: JaxModule, predicted: JaxArray, target: JaxArray) => JaxArray;

export const losses: { readonly [K in LossName]?: Loss } = {
  meanSquaredError: ({ numpy }, predicted, target) => numpy.mean(numpy.square(predicted.sub(target))),
  // Of logits, as its users write it: the softmax of the last layer is left to it.
  categoricalCrossentropy: ({ numpy, nn }, logits, target) =>
    numpy.mean(numpy.sum(target.mul(nn.logSoftmax(logits, -1)), -1)).neg(),
};

/** Losses that take logits: a softmax before them is left out. */
export const lossesOfLogits: readonly LossName[] = ['categoricalCrossentropy'];
