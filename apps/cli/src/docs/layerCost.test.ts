import { layers } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { layerCost } from './layerCost.js';

describe('layerCost', () => {
  it('counts a dense layer by hand', () => {
    const { config, inputShapes } = layers.dense.largeSample;
    const spec = { ...layers.dense, largeSample: { config: { units: 3 }, inputShapes: [[5]], batch: 1 } };
    expect(config).toHaveProperty('units');
    expect(inputShapes).toHaveLength(1);
    // 32 samples: x W and + b; then dy Wᵀ, xᵀ dy and the column sums of dy
    const product = 2 * 32 * 5 * 3;
    const bias = 32 * 3;
    expect(layerCost(spec)).toEqual({
      forwardFlops: product + bias,
      trainingFlops: product + bias + 2 * product + bias,
    });
  });
});
