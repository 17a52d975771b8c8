import { describe, expect, it } from 'vitest';
import { bestBySize, describeReached, describeRivals, listOf } from './measuredWords.js';

const figures = (network: string, parameters: number, reached: number) => ({
  network,
  parameters,
  reached,
  rate: 0.1,
  seeds: 20,
  scores: { least: 0, median: 0, largest: 1 },
});
const rivals = [figures('d3t', 13, 15), figures('d3r', 13, 10), figures('d2t', 9, 0), figures('d8t', 33, 20)];

describe('measured figures in words', () => {
  it('takes the better activation of each size', () => {
    expect(bestBySize(rivals).map(({ network }) => network)).toEqual(['d2t', 'd3t', 'd8t']);
  });

  it('says who gets there and who does not', () => {
    expect(
      describeRivals({ preset: 'ring', target: 99, stop: 300, rates: [], ours: rivals[0], rivals }),
    ).toBe(
      'Dense nets of 9 parameters did in none. Dense nets of 13 and 33 parameters did in 15 and 20 of 20.',
    );
    expect(describeReached(rivals[2])).toBe('in none of 20 seeds');
    expect(describeReached({ ...rivals[0], medianSteps: 24.5, slowestSteps: 87 })).toBe(
      'in 15 of 20 seeds (median 25 steps, slowest 87)',
    );
  });

  it('lists', () => {
    expect([[], [1], [1, 2], [1, 2, 3]].map(listOf)).toEqual(['', '1', '1 and 2', '1, 2 and 3']);
  });
});
