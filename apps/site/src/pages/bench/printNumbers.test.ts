import { expect, it } from 'vitest';
import { digits, printError, printRatio, printShare, printTime } from './printNumbers.js';

it('writes times in ms, and short ones in µs', () => {
  expect([12.345, 0.1, 0.0456, 0.000321].map(printTime)).toEqual([
    '12.3 ms',
    '0.100 ms',
    '45.6 µs',
    '0.321 µs',
  ]);
});

it('writes three digits, whatever the size', () => {
  expect([0, 1234, 99.96, 0.00123, 1.5e-5, 2e7].map(digits)).toEqual([
    '0',
    '1234',
    '100.0',
    '0.00123',
    '1.50e-5',
    '2.00e+7',
  ]);
});

it('writes ratios, shares and errors', () => {
  expect([
    printRatio(2.414),
    printShare(0.273),
    printShare(0.0123),
    printError(0),
    printError(1.234e-7),
  ]).toEqual(['2.41 ×', '27 %', '1.2 %', '0', '1.2e-7']);
});
