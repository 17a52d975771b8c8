import { describe, expect, it } from 'vitest';
import { measureBandwidth, measurePeak } from './measurePeak.js';

/** A clock that goes on by 2 ms whenever it is looked at. */
function tickingClock(): () => number {
  let now = 0;
  return () => {
    now += 2;
    return now;
  };
}

describe('measurePeak', () => {
  it('reports the best variant by the clock it is given', () => {
    // Every call takes 2 ms by that clock, so 20,000 iterations of the widest loop win: 12 · 8 flops each
    const peak = measurePeak({ clock: tickingClock(), budgetMs: 5 });
    expect(peak?.gflops).toBe(0.96);
    expect(peak?.variant).toMatch(/^(chain|relaxed) of 12$/);
    expect(peak?.bandwidthGBs).toBe(2 ** 26 / 1e6);
  });

  it('is finite by the clock of a page that is not isolated', () => {
    const coarseClock = () => Math.floor(10 * performance.now()) / 10;
    const peak = measurePeak({ clock: coarseClock, budgetMs: 1 });
    expect(peak?.gflops).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(peak?.gflops).toBeGreaterThan(0);
  });

  it('measures at least three times, whatever the budget', () => {
    let looks = 0;
    const tick = tickingClock();
    const clock = () => {
      looks += 1;
      return tick();
    };
    measureBandwidth({ clock, budgetMs: 0 });
    // One look for the budget, two for each call, one to see that it is spent
    expect(looks).toBeGreaterThanOrEqual(1 + 3 * 2);
  });
});
