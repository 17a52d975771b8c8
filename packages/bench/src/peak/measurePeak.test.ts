import { describe, expect, it } from 'vitest';
import { measureBandwidth, measurePeak } from './measurePeak.js';

/** A clock that goes on by 1 ms whenever it is looked at. */
function tickingClock(): () => number {
  let now = 0;
  return () => now++;
}

describe('measurePeak', () => {
  it('reports the best variant by the clock it is given', () => {
    // Every call takes 1 ms by that clock, so 20,000 iterations of the widest loop win: 12 · 8 flops each
    const peak = measurePeak({ clock: tickingClock(), budgetMs: 5 });
    expect(peak?.gflops).toBe(1.92);
    expect(peak?.variant).toMatch(/^(chain|relaxed) of 12$/);
    expect(peak?.bandwidthGBs).toBe((2 * 2 ** 26) / 1e6);
  });

  it('measures at least three times, whatever the budget', () => {
    let looks = 0;
    measureBandwidth({ clock: () => looks++, budgetMs: 0 });
    // One look for the budget, two for each call, one to see that it is spent
    expect(looks).toBeGreaterThanOrEqual(1 + 3 * 2);
  });
});
