import { constant, interpretNodes } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../state/datasets.js';
import type { LossKey } from '../../state/settings.js';
import { objectiveOf } from './objective.js';

function values(task: Task, loss: LossKey, y: number[], output: number[], width: number) {
  const objective = objectiveOf(task, loss);
  const outputs = constant(output, [y.length, width]);
  const [perSample, predicted] = interpretNodes([
    objective.perSample(constant(y, [y.length, 1]), outputs),
    objective.predict(outputs),
  ]);
  return { perSample: Array.from(perSample), predicted: Array.from(predicted) };
}

describe('objectiveOf', () => {
  it('is the cross-entropy of logits where there are two classes', () => {
    const { perSample, predicted } = values('binary', 'logistic', [1, 0], [0, Math.log(3)], 1);
    // σ(0) = 1/2 and σ(log 3) = 3/4
    expect(predicted[0]).toBeCloseTo(0.5, 12);
    expect(predicted[1]).toBeCloseTo(0.75, 12);
    expect(perSample[0]).toBeCloseTo(Math.log(2), 12);
    expect(perSample[1]).toBeCloseTo(Math.log(4), 12);
  });

  it('compares probabilities where another loss is asked for', () => {
    const { perSample } = values('binary', 'squared', [1, 0], [0, Math.log(3)], 1);
    expect(perSample[0]).toBeCloseTo(1 / 4, 12);
    expect(perSample[1]).toBeCloseTo(9 / 16, 12);
    const huber = values('binary', 'huber', [1, 0], [0, Math.log(3)], 1);
    expect(huber.perSample[1]).toBeCloseTo(9 / 32, 12);
  });

  it('counts classes from 0', () => {
    const output = [0, 0, Math.log(2), Math.log(6), 0, 0];
    const { perSample, predicted } = values('classes', 'logistic', [2, 0], output, 3);
    expect(predicted[2]).toBeCloseTo(1 / 2, 12);
    expect(perSample[0]).toBeCloseTo(Math.log(2), 12);
    expect(perSample[1]).toBeCloseTo(Math.log(8 / 6), 12);
    // (1/4)² + (1/4)² + (1/2)² over three outputs
    expect(values('classes', 'squared', [2, 0], output, 3).perSample[0]).toBeCloseTo(0.125, 12);
  });

  it('takes the squared error for a regression', () => {
    expect(values('regression', 'logistic', [3], [1], 1)).toEqual({ perSample: [4], predicted: [1] });
    expect(values('regression', 'huber', [3], [1], 1).perSample).toEqual([1.5]);
  });
});
