import { expect, it } from 'vitest';
import { roundUp } from './roundUp.js';

it('takes the next round number, and 1 for nothing', () => {
  expect([0, 0.03, 1.2, 7, 8.1, 1000, Number.NaN].map(roundUp)).toEqual([1, 0.03, 1.5, 8, 10, 1000, 1]);
});
