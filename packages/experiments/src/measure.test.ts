import { describe, expect, it } from 'vitest';
import { classificationMetrics, regressionMetrics } from './measure.js';

describe('regressionMetrics', () => {
  it('computes the hand-worked example', () => {
    expect(regressionMetrics({ predicted: [1, 2, 3], expected: [1, 4, 3] })).toEqual({
      loss: 4 / 3,
      mse: 4 / 3,
      rmse: Math.sqrt(4 / 3),
    });
  });

  it('keeps a NaN', () => {
    expect(regressionMetrics({ predicted: [Number.NaN], expected: [1] }).mse).toBeNaN();
  });
});

describe('classificationMetrics', () => {
  it('computes the hand-worked example', () => {
    const { loss, accuracy } = classificationMetrics({ predicted: [0.5, 0.5, 0.75, 0.25], expected: [0, 1] });
    expect(loss).toBe((Math.log(2) + Math.log(4)) / 2);
    expect(accuracy).toBe(0.5);
  });

  it('clips a probability of zero, as Keras does', () => {
    expect(classificationMetrics({ predicted: [1, 0], expected: [1] }).loss).toBeCloseTo(-Math.log(1e-7), 12);
  });
});
