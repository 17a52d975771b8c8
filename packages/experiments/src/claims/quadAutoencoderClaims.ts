import { autoencoderNames } from '../quadAutoencoder.js';
import type { ClaimSheet } from './claim.js';

export const quadAutoencoderClaims: ClaimSheet = {
  claim:
    'An autoencoder 784-64-784 of QuadDense layers ends with a lower validation loss than one of Dense layers. The document shows a plot and no number.',
  setup: 'Adam 0.001, MSE, batches of 32, ten epochs for all; QuadDense starts by the law of the document.',
  deviations: [
    '4,000 training images and 1,000 for the test (the document: 60,000 and 10,000 of Fashion-MNIST), unless the full sizes are chosen',
    'without image files of your own the images are glyphs drawn by a program',
    'its two networks differ threefold in parameters; a third contender has QuadDense at the budget of Dense, and no claim of the document',
  ],
  claims: [
    {
      text: 'QuadDense ends with a lower error than Dense.',
      contender: autoencoderNames.quad,
      metric: 'mse',
      check: { kind: 'below', other: autoencoderNames.dense, factor: 1 },
      source: 'seed document 000, plot of the validation losses',
    },
    {
      text: 'The Dense autoencoder has 101,200 parameters.',
      contender: autoencoderNames.dense,
      metric: 'parameters',
      check: { kind: 'equals', published: 101_200 },
      source: 'seed document 000, the network as written',
    },
    {
      text: 'The QuadDense autoencoder has 303,600 parameters.',
      contender: autoencoderNames.quad,
      metric: 'parameters',
      check: { kind: 'equals', published: 303_600 },
      source: 'seed document 000, the network as written',
    },
  ],
};
