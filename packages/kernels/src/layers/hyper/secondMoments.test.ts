import { expectClose } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { secondMoments } from './secondMoments.js';

/** Steps of 1/8: an error of order h⁴ where relu² has its kink, and for smooth functions only the tail beyond 8. */
const atKinks = { rtol: 1e-3, atol: 0 };
const smooth = { rtol: 1e-11, atol: 0 };

describe('secondMoments', () => {
  it.each([
    // Closed forms: E[(σg)²]; relu halves it; E[e^{2σg}] = e^{2σ²}; E[sin² σg] = (1 - e^{-2σ²})/2, cos² its complement
    ['linear', 4, 4, 1, smooth],
    ['relu', 4, 2, 1 / 2, atKinks],
    ['relu', 1, 1 / 2, 1 / 2, atKinks],
    ['exponential', 0.25, Math.exp(0.5), Math.exp(0.5), smooth],
    ['sine', 1, (1 - Math.exp(-2)) / 2, (1 + Math.exp(-2)) / 2, smooth],
  ] as const)('of %s at variance %d are those of calculus', (name, variance, value, slope, tolerance) => {
    const moments = secondMoments(name, variance);
    expectClose([moments.value, moments.slope], [value, slope], tolerance);
  });

  it('are 1 where nothing could be divided by them', () => {
    expectClose(Object.values(secondMoments('softmax', 1)), [1, 1], smooth);
    expect(secondMoments('logSoftmax', 1)).toEqual({ value: 1, slope: 1 });
    expect(secondMoments('relu', 0).value).toBe(1);
  });
});
