import { expect, it } from 'vitest';
import { coefficientName } from './coefficientName.js';

it('names elements row by row, and a scalar by its parameter', () => {
  expect([0, 1, 2, 3].map((at) => coefficientName('kernel', [2, 2], at))).toEqual([
    'kernel[0, 0]',
    'kernel[0, 1]',
    'kernel[1, 0]',
    'kernel[1, 1]',
  ]);
  expect(coefficientName('alpha', [], 0)).toBe('alpha');
});
