import { describe, expect, it } from 'vitest';
import { largestSize, layerWeights, triangleIndex } from './layerWeights.js';
import { chebyshevValues, curveOf, powerValues } from './polynomials.js';

describe('triangleIndex', () => {
  it('counts (0,0), (0,1), (0,2), (1,1), (1,2), (2,2), whichever way round', () => {
    const pairs = [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 2],
    ];
    expect(pairs.map(([i, j]) => triangleIndex(i, j, 3))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(triangleIndex(2, 1, 3)).toBe(triangleIndex(1, 2, 3));
  });
});

describe('layerWeights', () => {
  it('reads the tensors of one layer in place', () => {
    const packed = Float32Array.of(1, 2, 3, 4, 5);
    const layer = { layer: 'd', units: 2, activation: 'tanh', isHead: false, title: 'Dense' } as const;
    const { tensors, inputs, inputNames } = layerWeights(
      {
        title: '',
        parameters: 5,
        flopsPerStep: 0,
        layers: [layer, { ...layer, units: 1 }],
        weights: [
          { name: 'layer0/kernel', layer: 0, shape: [1, 2], offset: 0, count: 2 },
          { name: 'layer1/kernel', layer: 1, shape: [2, 1], offset: 2, count: 2 },
          { name: 'layer1/bias', layer: 1, shape: [1], offset: 4, count: 1 },
        ],
      },
      packed,
      1,
      ['x'],
    );
    expect(inputs).toBe(2);
    expect(inputNames).toEqual(['h1', 'h2']);
    expect(Array.from(tensors.kernel.values)).toEqual([3, 4]);
    expect(tensors.bias.values.buffer).toBe(packed.buffer);
  });
});

describe('curves', () => {
  it('has the values of Chebyshev polynomials and of powers', () => {
    expect(chebyshevValues(3, 0.5)).toEqual([1, 0.5, -0.5, -1]);
    expect(powerValues(2, 3)).toEqual([1, 3, 9]);
    // T_2 = 2 t² - 1
    expect(curveOf([0, 0, 1], chebyshevValues, 3)).toEqual([1, -1, 1]);
    expect(curveOf([1, 2], powerValues, 3)).toEqual([-1, 1, 3]);
  });
});

describe('largestSize', () => {
  it('is 0 of nothing', () => {
    expect(largestSize()).toBe(0);
    expect(largestSize([-3, 2], [1])).toBe(3);
  });
});
