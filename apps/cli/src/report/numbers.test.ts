import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatGibibytes,
  formatLogTick,
  formatMeasure,
  formatMilliseconds,
  formatProbability,
  formatSeconds,
  formatTick,
} from './numbers.js';

describe('formatMeasure', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1.000'],
    [0.0123456, '0.01235'],
    [12.345, '12.35'],
    [9999.4, '9999'],
    [9999.96, '1.000e4'],
    [123456, '1.235e5'],
    [-123456, '−1.235e5'],
    [0.001, '0.001000'],
    [0.00099999, '0.001000'],
    [0.000999, '9.990e−4'],
    [5e-324, '4.941e−324'],
    [1.7976931348623157e308, '1.798e308'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('writes %d as %s', (value, text) => expect(formatMeasure(value)).toBe(text));
});

describe('formatMilliseconds', () => {
  it.each([
    [0, '0'],
    [0.0008514, '0.0008514'],
    [1.2346, '1.235'],
    [9.9996, '10.00'],
    [1234567, '1,234,567'],
    [1e-6, '0.000001000'],
    [1e-9, '1.000e−9'],
    [Infinity, '∞'],
  ])('writes %d as %s', (value, text) => expect(formatMilliseconds(value)).toBe(text));
});

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [101200, '101,200'],
    [-1234567, '−1,234,567'],
    [0.5, '0.5000'],
    [1e300, '1.000e300'],
    [NaN, 'NaN'],
  ])('writes %d as %s', (value, text) => expect(formatCount(value)).toBe(text));
});

describe('formatSeconds', () => {
  it.each([
    [0, '0.00'],
    [1.234, '1.23'],
    [9.999, '10.0'],
    [41.26, '41.3'],
    [99.96, '100'],
    [12875.4, '12,875'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
  ])('writes %d as %s', (value, text) => expect(formatSeconds(value)).toBe(text));
});

describe('formatTick', () => {
  it.each([
    [0, 0.1, '0'],
    [0.3, 0.1, '0.3'],
    [-2, 2, '−2'],
    [10000, 5000, '10,000'],
    [0.0002, 0.0001, '0.0002'],
    [2e-7, 1e-7, '2e−7'],
    [1.5e9, 5e8, '1.5e9'],
    [-3e9, 1e9, '−3e9'],
  ])('writes %d at step %d as %s', (value, step, text) => expect(formatTick(value, step)).toBe(text));
});

describe('formatLogTick', () => {
  it.each([
    [1, '1'],
    [0.001, '0.001'],
    [1000, '1000'],
    [1e-5, '10⁻⁵'],
    [2e12, '2×10¹²'],
  ])('writes %d as %s', (value, text) => expect(formatLogTick(value)).toBe(text));
});

describe('formatProbability', () => {
  it.each([
    [0.987, '0.99'],
    [0, '0.00'],
    [NaN, 'NaN'],
  ])('writes %d as %s', (value, text) => expect(formatProbability(value)).toBe(text));
});

describe('formatGibibytes', () => {
  it.each([
    [8589934592, '8.0 GiB'],
    [0, '0.0 GiB'],
    [NaN, 'NaN'],
  ])('writes %d as %s', (value, text) => expect(formatGibibytes(value)).toBe(text));
});
