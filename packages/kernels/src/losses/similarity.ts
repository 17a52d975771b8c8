/** @file Losses that compare rows as distributions or directions. */
import { div, log, max, mul, type Node, neg, sqrt, square, sum } from '@polyneuron/graph';
import { clip } from '../clip.js';
import { lossOfValues } from './define.js';
import { epsilon } from './targets.js';

export const kullbackLeiblerDivergence = lossOfValues({
  name: 'kullbackLeiblerDivergence',
  aliases: ['kld', 'KLD', 'klDivergence', 'kl_divergence', 'kullback_leibler_divergence', 'KLDivergence'],
  formula: 'Σ t log(clip(t, 1e-7, 1) / clip(p, 1e-7, 1)), last axis',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => sum(mul(t, log(div(clip(t, epsilon, 1), clip(p, epsilon, 1)))), -1),
});

export const cosineProximity = lossOfValues({
  name: 'cosineProximity',
  aliases: ['cosine', 'cosine_proximity'],
  formula: '-Σ t p / (‖t‖ ‖p‖), last axis; squared norms are at least 1e-7',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => neg(sum(mul(direction(t), direction(p)), -1)),
});

function direction(x: Node): Node {
  return div(x, sqrt(max(sum(square(x), -1, { keepDims: true }), epsilon)));
}
