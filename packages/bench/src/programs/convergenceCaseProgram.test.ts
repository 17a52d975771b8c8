import { describe, expect, it } from 'vitest';
import type { ConvergenceTask } from '../cases/benchCase.js';
import { convergenceCases } from '../cases/convergenceCases.js';
import { outLayer, smallTraining } from '../peers/testing/smallTasks.js';
import { convergenceCaseProgram } from './convergenceCaseProgram.js';

const task: ConvergenceTask = {
  kind: 'convergence',
  training: smallTraining([outLayer], { batch: 12, distinctSamples: 1 }),
  goal: 1.2,
  stride: 3,
  mostSteps: 60,
};

describe('convergenceCaseProgram', () => {
  it('has the losses after each stride as reference, the last one below the goal', () => {
    const { check, oneRun } = convergenceCaseProgram(task);
    expect(oneRun).toEqual({ kind: 'goal', output: 'loss', below: 1.2, stride: 3, most: 60 });
    const { values, scale } = check.reference().loss;
    expect(scale).toBe(values.at(-1));
    expect(values.length).toBeGreaterThan(1);
    expect([...values].map((loss) => loss < 1.2)).toEqual(
      [...values.keys()].map((at) => at === values.length - 1),
    );
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });

  it('trains on all samples in every step', () => {
    for (const { task: one } of convergenceCases) {
      const { training } = one as ConvergenceTask;
      expect(training.data().samples).toBe(training.batch);
    }
  });

  it('rejects a goal that the case does not reach', () => {
    const { check } = convergenceCaseProgram({ ...task, goal: -1, mostSteps: 6 });
    expect(() => check.reference()).toThrowErrorMatchingInlineSnapshot(`
      [InternalError: internal: no loss below -1 in 6 steps: 1.088574192297241

      Please report this at https://github.com/polyneuron/polyneuron/issues]
    `);
  });
});
