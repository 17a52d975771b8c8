/**
 * @file Cross-entropies. Those of probabilities repeat tfjs step by step (normalise, clip at 1e-7, log), because the clip
 * is visible in losses and gradients; those of logits take no clip, because they need none.
 */
import { div, log, mul, type Node, neg, sub, sum } from '@polyneuron/graph';
import { softplus } from '../activations/exponentials.js';
import { logSoftmax } from '../activations/softmax.js';
import { clip } from '../clip.js';
import { lossOfClasses, lossOfValues } from './define.js';
import { epsilon } from './targets.js';

const clipped = (p: Node): Node => clip(p, epsilon, 1 - epsilon);

/** -(t log σ(x) + (1 - t) log(1 - σ(x))) = softplus(x) - x t */
const logistic = (t: Node, x: Node): Node => sub(softplus(x), mul(x, t));

/** -Σ t log p over the last axis. */
const surprise = (t: Node, logP: Node): Node => neg(sum(mul(t, logP), -1));

/** log of probabilities that are made to sum to 1 first. */
const logNormalized = (p: Node): Node => log(clipped(div(p, sum(p, -1, { keepDims: true }))));

export const binaryCrossentropy = lossOfValues({
  name: 'binaryCrossentropy',
  aliases: ['bce', 'BCE', 'binary_crossentropy', 'BinaryCrossentropy'],
  formula: 'mean of softplus(x) - x t with x = log(q / (1 - q)), q = clip(p, 1e-7, 1 - 1e-7)',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => {
    const q = clipped(p);
    return logistic(t, log(div(q, sub(1, q))));
  },
});

export const binaryCrossentropyFromLogits = lossOfValues({
  name: 'binaryCrossentropyFromLogits',
  aliases: ['sigmoidCrossEntropy'],
  formula: 'mean of softplus(p) - p t',
  source: 'tf.losses.sigmoidCrossEntropy',
  of: ({ t, p }) => logistic(t, p),
});

export const categoricalCrossentropy = lossOfValues({
  name: 'categoricalCrossentropy',
  aliases: ['categorical_crossentropy', 'CategoricalCrossentropy'],
  formula: '-Σ t log clip(p / Σ p, 1e-7, 1 - 1e-7), last axis',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => surprise(t, logNormalized(p)),
});

export const categoricalCrossentropyFromLogits = lossOfValues({
  name: 'categoricalCrossentropyFromLogits',
  aliases: ['softmaxCrossEntropy'],
  formula: '-Σ t (p - log Σ e^p), last axis',
  source: 'tf.losses.softmaxCrossEntropy',
  of: ({ t, p }) => surprise(t, logSoftmax(p)),
});

export const sparseCategoricalCrossentropy = lossOfClasses({
  name: 'sparseCategoricalCrossentropy',
  aliases: ['sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy'],
  formula: '-log clip(q[t] / Σ q, 1e-7, 1 - 1e-7) with q = clip(p, 1e-7, 1 - 1e-7), last axis',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => surprise(t, logNormalized(clipped(p))),
});

export const sparseCategoricalCrossentropyFromLogits = lossOfClasses({
  name: 'sparseCategoricalCrossentropyFromLogits',
  aliases: [],
  formula: 'log Σ e^p - p[t], last axis',
  source: 'tf.nn.sparse_softmax_cross_entropy_with_logits',
  of: ({ t, p }) => surprise(t, logSoftmax(p)),
});
