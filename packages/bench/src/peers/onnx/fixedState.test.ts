import { describe, expect, it } from 'vitest';
import { benchCases } from '../../cases/selectCases.js';
import { openCase } from '../../programs/openCase.js';
import { smallTasks } from '../testing/smallTasks.js';
import { fixedState } from './fixedState.js';

const fixedOf = (name: string) =>
  Object.keys(fixedState(openCase(benchCases.find((one) => one.name === name) as never)));

describe('fixedState', () => {
  it('has the data of a training, not what its steps change', () => {
    const opened = openCase({ name: 'dense', task: smallTasks['dense, sgd'] });
    expect(Object.keys(fixedState(opened))).toEqual(['data:x', 'data:y']);
  });

  it('has the weights of an inference', () => {
    expect(fixedOf('predict-cross-1')).toContain('layer0/kernel');
  });

  it('has the weights of a forward pass, and never everything that a program reads', () => {
    expect(fixedOf('layer-dense-forward')).toEqual(['parameter:kernel', 'parameter:bias']);
    expect(fixedOf('layer-dense-gradient')).toEqual([]);
    expect(fixedOf('gemm-64-nn')).toEqual([]);
    expect(fixedOf('conv-28x28x1-3x3x16-forward')).toEqual(['kernel']);
    expect(fixedOf('conv-28x28x1-3x3x16-gradient')).toEqual([]);
  });
});
