import { interpret } from '@polyneuron/graph';
import { testRandom } from '@polyneuron/testing';
import { expect, it } from 'vitest';
import type { InferenceTask } from '../cases/benchCase.js';
import { maxErrorOf } from '../runner/parity.js';
import { inferenceCaseProgram } from './inferenceCaseProgram.js';

const task: InferenceTask = {
  kind: 'inference',
  layers: [
    { layer: 'dense', config: { units: 4, activation: 'tanh' } },
    { layer: 'dense', config: { units: 2, activation: 'softmax' } },
  ],
  batch: 6,
  distinctSamples: 2,
  data: () => ({
    samples: 8,
    x: Float32Array.from(testRandom(1).normals(8 * 3)),
    xShape: [8, 3],
    y: new Float32Array(8),
    yShape: [8, 1],
  }),
};

it('has the samples as input, the predictions as output and the weights as state', () => {
  const { program, oneRun, check, flops, bytes } = inferenceCaseProgram(task);
  expect(oneRun).toEqual({ kind: 'call' });
  expect(program.inputs).toEqual({ x: { shape: [6, 3], dtype: 'float32' } });
  expect(Object.keys(program.outputs)).toEqual(check.names);
  expect(Object.keys(program.state)).toEqual([
    'layer0/kernel',
    'layer0/bias',
    'layer1/kernel',
    'layer1/bias',
  ]);
  const products = 2 * 6 * (3 * 4 + 4 * 2);
  expect(flops).toBeGreaterThan(products);
  // Biases, tanh, and the softmax of two
  expect(flops).toBeLessThan(2 * products);
  expect(bytes).toBe(4 * (6 * 3 + 3 * 4 + 4 + 4 * 2 + 2 + 6 * 2));
});

it('repeats distinct samples in a call, and has the reference of all of them', () => {
  const { program, state, inputs, check } = inferenceCaseProgram(task);
  const [call] = [inputs(1).x];
  expect([...call]).toEqual([...call.subarray(0, 6), ...call.subarray(0, 6), ...call.subarray(0, 6)]);
  expect([...inputs(2).x]).toEqual([...call, ...call]);
  const { outputs } = interpret(program, { inputs: { x: call }, state });
  expect(maxErrorOf(outputs, check.reference())).toBeLessThan(1e-12);
});
