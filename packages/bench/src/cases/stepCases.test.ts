import { expect, it } from 'vitest';
import { trainingOf } from './stepCases.js';

it('finds the training of a step case, and rejects what is none', () => {
  expect(trainingOf('cross').batch).toBe(1000);
  expect(() => trainingOf('lift')).toThrowErrorMatchingInlineSnapshot(`
    [ValueError: trainingOf expected the name of a step case that trains a network, got 'lift'.

    Fix: take one of stepCases]
  `);
});
