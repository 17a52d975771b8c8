import { describe, expect, it } from 'vitest';
import { noiseFloor, verdictOf } from './verdict.js';

const quiet = { ratio: 1, ratioInterval: [0.98, 1.02] } as const;
/** The baseline against itself went from 0.8 to 1.1: the floor is 1.25. */
const loud = { ratio: 0.95, ratioInterval: [0.8, 1.1] } as const;

describe('verdictOf', () => {
  it.each([
    [2, [1.9, 2.1], quiet, 'faster'],
    [0.5, [0.48, 0.52], quiet, 'slower'],
    [1.1, [0.99, 1.2], quiet, 'no difference'],
    [1.01, [1.005, 1.015], quiet, 'no difference'],
    [1.2, [1.15, 1.25], loud, 'no difference'],
    [0.81, [0.79, 0.83], loud, 'no difference'],
    [1.3, [1.26, 1.35], loud, 'faster'],
    [1, [1, 1], quiet, 'no difference'],
    [Number.NaN, [Number.NaN, Number.NaN], quiet, 'no difference'],
  ] as const)('says of %d in %j', (ratio, ratioInterval, noise, expected) => {
    expect(verdictOf({ ratio, ratioInterval }, noise)).toBe(expected);
  });
});

describe('noiseFloor', () => {
  it('is the farther end of the interval as a factor above 1', () => {
    expect([noiseFloor(quiet), noiseFloor(loud)]).toEqual([1 / 0.98, 1.25]);
  });
});
