import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldShape } from './foldShape.js';

describe('foldShape', () => {
  it('gives a result to a thread, some threads, a block, or several blocks', () => {
    expect(foldShape(1000, 10, true)).toEqual({ across: 256, along: 1, splits: 1, isAlongFirst: false });
    expect(foldShape(1000, 100, true)).toEqual({ across: 32, along: 8, splits: 1, isAlongFirst: true });
    expect(foldShape(1000, 4096, true)).toEqual({ across: 1, along: 256, splits: 1, isAlongFirst: true });
    expect(foldShape(1, 1 << 20, true)).toEqual({ across: 1, along: 256, splits: 256, isAlongFirst: true });
  });

  it('keeps neighbouring results in a warp where they lie side by side', () => {
    expect(foldShape(64, 1024, false)).toEqual({ across: 32, along: 8, splits: 8, isAlongFirst: false });
  });

  it('makes blocks of whole warps, 256 threads at most, with a thread for no more than its share', () => {
    const size = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        size,
        fc.boolean(),
        (results, terms, isAlongFirst) => {
          const { across, along, splits } = foldShape(results, terms, isAlongFirst);
          expect((across * along) % 32).toBe(0);
          expect(across * along).toBeLessThanOrEqual(256);
          expect(Math.log2(across) % 1 === 0 && Math.log2(along) % 1 === 0).toBe(true);
          expect(splits).toBeGreaterThanOrEqual(1);
          if (splits > 1) expect(along * splits).toBeLessThanOrEqual(terms);
        },
      ),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});
