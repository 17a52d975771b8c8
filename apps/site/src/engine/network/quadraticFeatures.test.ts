import { constant, interpretNodes } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { quadraticFeaturesSpec } from './quadraticFeatures.js';

describe('quadraticFeatures', () => {
  it('lists the inputs, then their products row by row', () => {
    const x = constant([2, 3, 5], [1, 3]);
    const context = { config: {}, inputs: [x], parameters: {}, isTraining: false };
    const { output } = quadraticFeaturesSpec.forward(context);
    expect(Array.from(interpretNodes([output])[0])).toEqual([2, 3, 5, 4, 6, 10, 9, 15, 25]);
    expect(quadraticFeaturesSpec.outputShape({}, [[3]])).toEqual([9]);
  });
});
