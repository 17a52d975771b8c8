import { constant, interpretNodes, type Node } from '@polyneuron/graph';
import { expectClose, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { schedule, schedules } from './schedules.js';
import { type WarmUpConfig, warmUp } from './warmUp.js';

interface Golden {
  readonly name: string;
  readonly source: string;
  readonly config: object;
  readonly warmUp?: WarmUpConfig;
  readonly steps: readonly number[];
  readonly rates: readonly number[];
}

const goldens = vectors<Golden>('schedules');
const ratesOf = (law: (step: Node) => Node, steps: readonly number[]) =>
  interpretNodes(steps.map((step) => law(constant(step)))).map(([rate]) => rate);

describe('schedules', () => {
  it('are filed under their own names', () => {
    for (const [key, { name }] of Object.entries(schedules)) expect(name).toBe(key);
  });

  it('all but constant have a golden case', () => {
    const names = Object.keys(schedules).filter((name) => name !== 'constant');
    expect([...new Set(goldens.map(({ name }) => name))].sort()).toEqual(names.sort());
  });

  it.each(goldens)('$name follows $source with $config', ({ name, config, warmUp: warm, steps, rates }) => {
    const law = (step: Node) => schedule(name).learningRate(config, step);
    expectClose(ratesOf(warm ? warmUp(warm, law) : law, steps), rates, tolerances.float32.transcendental);
  });

  it('constant stays', () => {
    const rates = ratesOf(
      (step) => schedules.constant.learningRate({ learningRate: 0.25 }, step),
      [0, 1, 1000],
    );
    expectClose(rates, [0.25, 0.25, 0.25], tolerances.float64.exact);
  });

  it('warmUp of no steps is the schedule itself', () => {
    const law = (step: Node) => step;
    expect(warmUp({ warmUpSteps: 0 }, law)).toBe(law);
  });

  it('warmUp rises from 0 by default and then starts the schedule', () => {
    const law = (step: Node) =>
      schedules.exponentialDecay.learningRate(
        { initialLearningRate: 8, decaySteps: 1, decayRate: 0.5 },
        step,
      );
    expectClose(
      ratesOf(warmUp({ warmUpSteps: 4 }, law), [0, 1, 3, 4, 5, 6]),
      [0, 2, 6, 8, 4, 2],
      tolerances.float64.exact,
    );
  });

  it('piecewiseConstant rejects boundaries out of order and a wrong number of values', () => {
    const law = (boundaries: number[], values: number[]) => () =>
      schedules.piecewiseConstant.learningRate({ boundaries, values }, constant(0));
    expect(law([3, 2], [1, 2, 3])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: piecewiseConstant expected rising boundaries and one more value than boundaries, got boundaries [3, 2] and values [1, 2, 3].

      Fix: sort the boundaries, and add or remove a value]
    `);
    expect(law([3], [1])).toThrow('one more value than boundaries');
  });
});

describe('schedule', () => {
  it('lists what it knows when it does not', () => {
    expect(() => schedule('cosine')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: schedule expected one of constant, exponentialDecay, inverseTimeDecay, polynomialDecay, piecewiseConstant, cosineDecay, got 'cosine'.

      Fix: check the spelling, or pass one of the names above]
    `);
  });
});
