import { expect, it } from 'vitest';
import { reachGoal } from './reachGoal.js';

const falling = () => {
  let loss = 8;
  return async () => {
    loss /= 2;
    return loss;
  };
};

it('advances until the loss is below the goal', async () => {
  expect(await reachGoal({ below: 1, stride: 10, most: 100 }, falling())).toEqual([4, 2, 1, 0.5]);
});

it('gives up after the most steps', async () => {
  await expect(
    reachGoal({ below: 1, stride: 10, most: 30 }, falling()),
  ).rejects.toThrowErrorMatchingInlineSnapshot(`
    [ValueError: a training until its goal expected a loss below 1 within 30 steps, got 1.

    Fix: compare the losses with those of the float64 reference: this contender trains differently]
  `);
});

it('never takes a NaN for a goal', async () => {
  await expect(reachGoal({ below: 1, stride: 10, most: 30 }, async () => Number.NaN)).rejects.toThrow(
    /got NaN/,
  );
});
