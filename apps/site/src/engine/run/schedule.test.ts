import { describe, expect, it } from 'vitest';
import { BatchOrder } from './batchOrder.js';
import { BufferPool } from './bufferPool.js';
import { nextScoredStep } from './schedule.js';

describe('nextScoredStep', () => {
  it('takes every step up to 100, then every hundredth part', () => {
    const steps = [0];
    while (steps[steps.length - 1] < 100_000) steps.push(nextScoredStep(steps[steps.length - 1]));
    expect(steps.slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(steps.slice(99, 103)).toEqual([99, 100, 101, 102]);
    // 100 points, then about 100 ln(1,000): the curve of the longest run has under 900
    expect(steps.length).toBeGreaterThan(780);
    expect(steps.length).toBeLessThan(900);
  });
});

describe('BatchOrder', () => {
  const rows = Int32Array.from([3, 5, 7, 9, 11]);

  it('is the same in any pieces, and where it is sought', () => {
    const whole = Array.from(new BatchOrder(rows, 2, 4).next(50));
    const pieces = new BatchOrder(rows, 2, 4);
    expect([1, 4, 20, 25].flatMap((steps) => Array.from(pieces.next(steps)))).toEqual(whole);
    for (const step of [0, 1, 5, 17]) {
      const sought = new BatchOrder(rows, 2, 4);
      sought.next(3);
      sought.seek(step);
      expect(Array.from(sought.next(5))).toEqual(whole.slice(2 * step, 2 * step + 10));
    }
  });

  it('takes every row once in an epoch, in another order each', () => {
    const order = Array.from(new BatchOrder(rows, 1, 4).next(50));
    const epochs = Array.from({ length: 10 }, (_, epoch) => order.slice(5 * epoch, 5 * epoch + 5));
    for (const epoch of epochs) expect(epoch.toSorted((a, b) => a - b)).toEqual([...rows]);
    expect(new Set(epochs.map((epoch) => epoch.join())).size).toBeGreaterThan(5);
  });

  it('fills a batch that is larger than the set', () => {
    expect(new BatchOrder(rows, 12, 4).next(1)).toHaveLength(12);
  });
});

describe('BufferPool', () => {
  it('gives back what came back, by size', () => {
    const pool = new BufferPool(1);
    const [first, second] = [pool.take(4), pool.take(4)];
    pool.give([first.buffer, second.buffer]);
    expect(pool.take(4).buffer).toBe(first.buffer);
    expect(pool.take(4).buffer).not.toBe(second.buffer);
    expect(pool.take(5)).toHaveLength(5);
  });
});
