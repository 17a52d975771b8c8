import { describe, expect, it } from 'vitest';
import { Pace } from './pace.js';

describe('Pace', () => {
  it('lets 75 steps of a second go, however they are asked for', () => {
    const pace = new Pace(75, 1000);
    let steps = 0;
    for (let now = 1000; now <= 2000; now += 7) {
      const due = pace.due(now);
      pace.take(due);
      steps += due;
    }
    // The last question is at 1,994 ms
    expect(steps).toBe(74);
    expect(pace.wait(2000)).toBeCloseTo(0, 9);
    expect(pace.due(2000)).toBe(1);
  });

  it('waits for the next step', () => {
    const pace = new Pace(1, 0);
    expect([pace.due(999), pace.wait(999), pace.due(1000)]).toEqual([0, 1, 1]);
  });

  it('gives up what a hidden tab missed', () => {
    const pace = new Pace(100, 0);
    expect(pace.due(60_000)).toBe(25);
  });

  it('has no end at full speed', () => {
    const pace = new Pace('max', 0);
    expect([pace.due(0), pace.wait(0)]).toEqual([Number.POSITIVE_INFINITY, 0]);
    pace.set(10, 500);
    expect(pace.due(700)).toBe(2);
  });
});
