import type { ClaimSheet } from './claim.js';

export const taylorClaims: ClaimSheet = {
  claim:
    'A CNN can pass its features through a Taylor expansion. The document is an answer with code, without data or results: "I do not guarantee that your model will work".',
  setup:
    'The network of the document with and without its block, order 3, Adam 0.001; and the block alone fitted to sin and exp on [-2, 2] beside dense networks with at most one parameter more.',
  deviations: [
    '4 filters and 32 units, 4 epochs on 1,000 images (the document names 32 and 512, no data, no epochs), unless the full sizes are chosen',
    'optimizer, epochs and order are our choice, and so is the comparison on sin and exp',
  ],
  claims: [],
};
