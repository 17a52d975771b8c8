import type { TensorData, TensorMap } from '@polyneuron/backend';
import {
  add,
  defineProgram,
  gather,
  gradient,
  interpret,
  mean,
  mul,
  not,
  square,
  sub,
  sum,
} from '@polyneuron/graph';

/**
 * One step of least squares on rows that are fed by number: every dtype in and out, a gather, state that threads
 * through the steps, outputs of each step.
 */
export const sampleProgram = defineProgram({
  name: 'least squares',
  inputs: {
    rows: { shape: [4], dtype: 'int32' },
    mask: { shape: [3], dtype: 'bool' },
    rate: { shape: [], dtype: 'float32' },
  },
  state: {
    data: { shape: [6, 3], dtype: 'float32' },
    targets: { shape: [6], dtype: 'float32' },
    weights: { shape: [3], dtype: 'float32' },
    steps: { shape: [], dtype: 'int32' },
  },
  build: ({ inputs: { rows, mask, rate }, state: { data, targets, weights, steps } }) => {
    const predicted = sum(mul(gather(data, rows), weights), [1]);
    const loss = mean(square(sub(predicted, gather(targets, rows))));
    const [slope] = gradient(loss, [weights]);
    return {
      outputs: { loss, predicted, next: add(rows, steps), unmasked: not(mask) },
      updates: { weights: sub(weights, mul(rate, slope)), steps: add(steps, 1) },
    };
  },
});

export const sampleState: TensorMap = {
  data: Float32Array.from({ length: 18 }, (_, at) => Math.sin(at)),
  targets: Float32Array.from({ length: 6 }, (_, at) => Math.cos(at)),
  weights: Float32Array.of(0.5, -0.25, 0.125),
  steps: Int32Array.of(7),
};

/** Inputs of so many steps, stacked. */
export function sampleInputs(steps: number): Record<string, TensorData> {
  return {
    rows: Int32Array.from({ length: 4 * steps }, (_, at) => (at * 5 + 1) % 6),
    mask: Uint8Array.from({ length: 3 * steps }, (_, at) => at % 2),
    rate: Float32Array.from({ length: steps }, (_, at) => 0.1 / (at + 1)),
  };
}

/** Outputs of so many steps, stacked, and the state after them, as the float64 interpreter has them. */
export function sampleExpected(steps: number): {
  readonly outputs: Record<string, number[]>;
  readonly state: Record<string, number[]>;
} {
  const all = sampleInputs(steps);
  let state: TensorMap = sampleState;
  const outputs: Record<string, number[]> = { loss: [], predicted: [], next: [], unmasked: [] };
  for (let step = 0; step < steps; step++) {
    const inputs = {
      rows: all.rows.subarray(4 * step, 4 * step + 4),
      mask: all.mask.subarray(3 * step, 3 * step + 3),
      rate: all.rate.subarray(step, step + 1),
    };
    const result = interpret(sampleProgram, { inputs, state });
    for (const name in outputs) outputs[name].push(...result.outputs[name]);
    state = result.state;
  }
  const entries = Object.entries(state).map(([name, values]): [string, number[]] => [name, [...values]]);
  return { outputs, state: Object.fromEntries(entries) };
}
