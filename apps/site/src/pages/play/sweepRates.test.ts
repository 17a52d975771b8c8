import { describe, expect, it } from 'vitest';
import type { SweepResult } from '../../protocol/messages.js';
import { bestRates } from './sweepRates.js';

const result = (
  rate: number,
  losses: readonly [number, number],
  outcome: SweepResult['outcome'] = 'limit',
): SweepResult => {
  const [ours, rival] = losses.map((testLoss) => ({ trainLoss: testLoss, testLoss, score: 0 }));
  return { rate, outcome, scores: [ours, rival] };
};

describe('bestRates', () => {
  it('is the rate of the least test loss, of each contestant its own', () => {
    expect(bestRates([result(0.01, [0.5, 0.4]), result(0.1, [0.2, 0.6]), result(1, [0.3, 0.5])])).toEqual([
      0.1, 0.01,
    ]);
  });

  it('counts no run that diverged', () => {
    expect(bestRates([result(0.1, [0.5, 0.5]), result(1, [0.1, 0.1], 'diverged')])).toEqual([0.1, 0.1]);
    expect(bestRates([result(1, [0.1, 0.1], 'diverged')])).toEqual([undefined, undefined]);
  });
});
