import { add, defineProgram, gather, gradient, mean, mul, square, sub, sum } from '@polyneuron/graph';

/**
 * One step of least squares on rows that are fed by number: every dtype in and out, a gather, state that threads
 * through steps, an output per step.
 */
export const sampleProgram = defineProgram({
  name: 'least squares',
  inputs: {
    rows: { shape: [4], dtype: 'int32' },
    mask: { shape: [4], dtype: 'bool' },
    rate: { shape: [], dtype: 'float32' },
  },
  state: {
    data: { shape: [6, 3], dtype: 'float32' },
    targets: { shape: [6], dtype: 'float32' },
    weights: { shape: [3], dtype: 'float32' },
    steps: { shape: [], dtype: 'int32' },
  },
  build: ({ inputs: { rows, mask, rate }, state: { data, targets, weights, steps } }) => {
    const predicted = sum(mul(gather(data, rows, { axis: 0 }), weights), { axes: [1] });
    const error = sub(predicted, gather(targets, rows, { axis: 0 }));
    const loss = mean(square(error));
    const [slope] = gradient(loss, [weights]);
    return {
      outputs: { loss, predicted, rows, mask },
      updates: { weights: sub(weights, mul(rate, slope)), steps: add(steps, 1) },
    };
  },
});
