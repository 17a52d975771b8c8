import type { JudgedClaim } from '@polyneuron/experiments';
import { describe, expect, it } from 'vitest';
import { claimAxis } from './claimAxis.js';

const judged = (part: Partial<JudgedClaim>): JudgedClaim => ({
  claim: {
    text: 'it is so',
    contender: 'ours',
    metric: 'mse',
    check: { kind: 'within', published: 10, factor: 10 },
    source: 'nowhere',
  },
  tolerance: '',
  published: [10],
  figures: [1, 100],
  others: [],
  mean: 10,
  spread: 10,
  isByFactor: true,
  verdict: 'reproduced',
  ...part,
});

describe('claimAxis', () => {
  it('is logarithmic for errors: the published figure in the middle of its band', () => {
    const axis = claimAxis(judged({}));
    expect(axis?.published[0]).toBeCloseTo(0.5, 10);
    expect(axis?.mean?.[1]).toBeCloseTo(0.5, 10);
    // 6 % of room on each side of the decades 0 to 2
    expect(axis?.band?.map((at) => Number(at.toFixed(3)))).toEqual([0.054, 0.946]);
    expect(axis?.ticks.map(({ text }) => text)).toEqual(['1e0', '1e1', '1e2']);
  });

  it('has ticks to read it by where it is shorter than a decade', () => {
    const check = { kind: 'within', published: 20, factor: 2 } as const;
    const narrow = {
      claim: { ...judged({}).claim, check },
      published: [20],
      figures: [21],
      mean: 21,
      spread: 1,
    };
    // 10 to 40 and 6 % of their distance on each side, in decades
    expect(claimAxis(judged(narrow))?.ticks.map(({ text }) => text)).toEqual(['9.2', '20', '43']);
  });

  it('is linear for accuracies', () => {
    const axis = claimAxis(
      judged({
        claim: { ...judged({}).claim, check: { kind: 'near', published: 0.9, margin: 0.1 } },
        published: [0.9],
        figures: [0.9],
        mean: 0.9,
        spread: 0,
        isByFactor: false,
      }),
    );
    expect(axis?.isLogarithmic).toBe(false);
    expect([axis?.published[0], axis?.figures[0]].map((at) => at?.toFixed(6))).toEqual([
      '0.500000',
      '0.500000',
    ]);
  });

  it('leaves the lower end of "at most" open', () => {
    const check = { kind: 'atMost', published: 1e-8, factor: 10 } as const;
    const axis = claimAxis(
      judged({
        claim: { ...judged({}).claim, check },
        published: [1e-8],
        figures: [1e-12],
        mean: 1e-12,
        spread: 1,
      }),
    );
    expect(axis?.band?.[0]).toBe(0);
    expect(axis?.figures[0]).toBeLessThan(axis?.published[0] as number);
  });

  it('has none for counts, nor where everything diverged', () => {
    const counted = { ...judged({}).claim, check: { kind: 'equals', published: 16 } } as const;
    expect(claimAxis(judged({ claim: counted }))).toBeUndefined();
    expect(claimAxis(judged({ figures: [Number.NaN], mean: Number.NaN }))).toBeUndefined();
  });
});
