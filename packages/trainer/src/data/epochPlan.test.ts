import { describe, expect, it } from 'vitest';
import { planEpoch } from './epochPlan.js';

const options = { samples: 7, batchSize: 3, shuffle: false, seed: 5, epoch: 0 } as const;

describe('planEpoch', () => {
  it('repeats the last sample to fill a partial batch', () => {
    const { steps, rows, counts } = planEpoch(options);
    expect(steps).toBe(3);
    expect([...rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 6, 6]);
    expect([...counts]).toEqual([3, 3, 1]);
  });

  it('has every sample once, in an order that the seed and the epoch decide', () => {
    const order = (seed: number, epoch: number) => [
      ...planEpoch({ ...options, samples: 60, batchSize: 60, shuffle: true, seed, epoch }).rows,
    ];
    expect(order(1, 0)).toEqual(order(1, 0));
    expect(order(1, 0)).not.toEqual(order(1, 1));
    expect(order(1, 0)).not.toEqual(order(2, 0));
    expect(order(1, 0).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, at) => at));
  });

  it('gives each of the 6 orders of 3 samples its share', () => {
    const orders = new Map<string, number>();
    for (let epoch = 0; epoch < 6000; epoch++) {
      const order = planEpoch({ ...options, samples: 3, shuffle: true, epoch }).rows.join();
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    // Binomial with mean 1000 and standard deviation 29: five of them.
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
  });

  it("moves whole batches with 'batch', the partial one last", () => {
    const { rows } = planEpoch({ ...options, samples: 11, shuffle: 'batch', epoch: 1 });
    const firsts = [0, 3, 6].map((at) => rows[at]);
    expect(firsts.sort()).toEqual([0, 3, 6]);
    for (const at of [0, 3, 6])
      expect([...rows.slice(at, at + 3)]).toEqual([rows[at], rows[at] + 1, rows[at] + 2]);
    expect([...rows.slice(9)]).toEqual([9, 10, 10]);
  });

  it('stops after stepsPerEpoch batches; one sample is one batch', () => {
    expect([...planEpoch({ ...options, stepsPerEpoch: 2 }).counts]).toEqual([3, 3]);
    expect(planEpoch({ ...options, samples: 1, batchSize: 1, shuffle: true })).toEqual({
      steps: 1,
      batchSize: 1,
      rows: Int32Array.of(0),
      counts: Int32Array.of(1),
    });
  });
});
