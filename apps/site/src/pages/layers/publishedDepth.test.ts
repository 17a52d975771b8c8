import { type LayerSpec, layers } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { depthMethod, publishedDepths } from './publishedDepth.js';

describe('publishedDepths', () => {
  it('reads the rows of a layer', () => {
    const { signal, gradient } = publishedDepths('featureCross')!;
    expect(signal.map(({ start, isDefault, values }) => [start, isDefault, values.length])).toEqual([
      ['default', true, 8],
      ['calibrated', false, 8],
      ['identity', false, 8],
    ]);
    expect(signal[0].range).toMatch(/∞/);
    expect(gradient).toHaveLength(3);
  });

  it('has rows for every record with starts', () => {
    const without = (Object.values(layers) as LayerSpec[])
      .filter(({ name, starts }) => starts && !publishedDepths(name))
      .map(({ name }) => name);
    expect(without).toEqual([]);
    expect(publishedDepths('dense')).toBeUndefined();
    expect(depthMethod()).toMatch(/^Stacks of 1 to 8 layers/);
  });
});
