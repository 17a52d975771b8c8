import { crossNetworkSpec, featureCrossSpec, layers, quadDenseSpec } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { degreeRange, degreesOf } from './degrees.js';

describe('degreesOf', () => {
  it('lists each degree with the first sample that has it', () => {
    expect(degreesOf(featureCrossSpec)).toEqual([
      { degree: 2, config: {} },
      { degree: undefined, config: { preActivation: 'tanh' } },
    ]);
  });

  it('is short in tables', () => {
    expect(degreeRange(quadDenseSpec)).toBe('2');
    expect(degreeRange(featureCrossSpec)).toBe('2, –');
    expect(degreeRange(crossNetworkSpec)).toMatch(/^2 to \d, –$/);
    expect(degreeRange(layers.maxPool2d)).toBe('–');
  });
});
