import { describe, expect, it } from 'vitest';
import { matchBudget, measureModel } from './matchBudget.js';
import { parseContenders } from './recipes.js';

const one = (text: string) => parseContenders(text)[0] as ReturnType<typeof parseContenders>[number];
const options = { measure: 'parameters', inputShape: [10], output: 'dense:1' } as const;

describe('measureModel', () => {
  it('counts by hand', () => {
    // 10·4 + 4 and 4 + 1 parameters
    expect(measureModel('dense:4,dense:1', [10]).parameters).toBe(49);
  });
});

describe('matchBudget', () => {
  it('takes the closest size, above or below the budget', () => {
    // A hidden layer of w units and the output have 11 w + w + 1 = 12 w + 1 parameters
    const hidden = one('hidden=dense:{size},{output}');
    for (const [budget, size] of [
      [121, 10],
      [126, 10],
      [128, 11],
      [133, 11],
      [1, 1],
      [12 * 700 + 1, 700],
    ] as const)
      expect(matchBudget(hidden, { ...options, budget }).size, String(budget)).toBe(size);
  });

  it('states the residue', () => {
    const match = matchBudget(one('hidden=dense:{size},{output}'), { ...options, budget: 100 });
    expect(match).toMatchObject({ size: 8, parameters: 97 });
    expect(match.residue).toBeCloseTo(-0.03, 12);
  });

  it('matches flops as well, and leaves a recipe without a size alone', () => {
    const deep = matchBudget(one('dense'), { ...options, measure: 'flops', budget: 2000 });
    expect(Math.abs(deep.residue)).toBeLessThan(0.05);
    expect(matchBudget(one('linear'), { ...options, budget: 500 })).toMatchObject({
      size: null,
      parameters: 11,
    });
  });

  it('ends at the smallest and at the largest size', () => {
    expect(matchBudget(one('dense'), { ...options, budget: 1 }).size).toBe(1);
    expect(matchBudget(one('hidden=dense:{size},{output}'), { ...options, budget: 1e9 }).size).toBe(4096);
  });
});
