import { mlpName } from '../mlp.js';
import { perceptronName } from '../thresholdUnits.js';
import type { Claim, ClaimSheet } from './claim.js';

const exercise = 'seed document 004, exercises';
const printed = 'seed document 004, printed output of the MNIST example';

const learned = (gate: 'AND' | 'OR' | 'NOR'): Claim => ({
  text: `A perceptron learns ${gate}.`,
  contender: perceptronName(gate, true),
  metric: 'accuracy',
  check: { kind: 'equals', published: 1 },
  source: exercise,
});

export const mlpClaims: ClaimSheet = {
  claim:
    'Single threshold units separate AND, OR and NOR but not XOR; an MLP 784-64-64-10 of 55,050 parameters reads handwritten digits with 94.1 % accuracy after ten epochs.',
  setup:
    'Perceptrons by the learning rule on whole truth tables; the MLP with tanh, SGD 0.01, batches of 64, ten epochs as published.',
  deviations: [
    '20,000 training images and 4,000 for the test (the document: 60,000 and 10,000), unless the full sizes are chosen',
    'without image files of your own the images are glyphs drawn by a program; the figures of MNIST are then shown and not judged',
    'the random numbers are ours',
  ],
  claims: [
    ...(['AND', 'OR', 'NOR'] as const).map(learned),
    {
      text: 'A perceptron cannot learn XOR: a line has at most three of the four points right.',
      contender: perceptronName('XOR', false),
      metric: 'accuracy',
      check: { kind: 'atMost', published: 0.75, factor: 1 },
      source: exercise,
    },
    {
      text: 'The MLP has 55,050 parameters.',
      contender: mlpName,
      metric: 'parameters',
      check: { kind: 'equals', published: 55_050 },
      source: printed,
    },
    {
      text: 'The MLP reaches a test accuracy of 0.9413 on MNIST.',
      contender: mlpName,
      metric: 'accuracy',
      check: { kind: 'near', published: 0.9412999749183655, margin: 0.02 },
      source: printed,
      needs: 'mnist',
    },
    {
      text: 'Its test loss on MNIST is 0.2062.',
      contender: mlpName,
      metric: 'loss',
      check: { kind: 'near', published: 0.2062128186225891, margin: 0.06 },
      source: printed,
      needs: 'mnist',
    },
  ],
};
