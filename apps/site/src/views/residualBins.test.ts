import { describe, expect, it } from 'vitest';
import { binCount, residualBins } from './residualBins.js';

describe('residualBins', () => {
  it('is centred on zero', () => {
    const bins = residualBins([0, -1, 1, 5, -5, Number.NaN], 1);
    expect(bins[(binCount - 1) / 2]).toBe(1);
    expect(bins[0]).toBe(2);
    expect(bins[binCount - 1]).toBe(2);
    expect(bins.reduce((sum, one) => sum + one, 0)).toBe(5);
  });
});
