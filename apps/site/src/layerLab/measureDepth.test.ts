import { createWasmBackend } from '@polyneuron/backend-wasm';
import { layers } from '@polyneuron/kernels';
import { describe, expect, it } from 'vitest';
import { measureDepth } from './measureDepth.js';

describe('measureDepth', () => {
  it('finds that reflections keep the variance at every depth', async () => {
    const [row] = await measureDepth(createWasmBackend(), layers.householder);
    expect(row).toMatchObject({ start: 'calibrated', isDefault: true });
    expect(row.signal).toHaveLength(8);
    for (const [at, variance] of row.signal.entries())
      expect(variance).toBeCloseTo(row.signal[0], 5 - Math.sign(at));
    expect(row.gradient).toHaveLength(8);
  });

  it('measures once what does not keep its shape', async () => {
    const rows = await measureDepth(createWasmBackend(), layers.ffm);
    expect(rows.map(({ start, signal }) => [start, signal.length])).toEqual([
      ['default', 1],
      ['calibrated', 1],
    ]);
  });
});
