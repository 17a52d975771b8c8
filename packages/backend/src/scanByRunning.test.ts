import { add, defineProgram } from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { scanByRunning, type TensorMap } from './index.js';

const program = defineProgram({
  name: 'shift',
  inputs: { x: { shape: [2], dtype: 'float32' } },
  build: ({ inputs: { x } }) => ({ outputs: { y: add(x, 1) } }),
});
const runSync = ({ x }: TensorMap): TensorMap => ({ y: Float32Array.from(x, (value) => value + 1) });

describe('scanByRunning', () => {
  it('stacks outputs in the array kind that the backend returns', async () => {
    const stacked = await scanByRunning({ program, run: async (inputs) => runSync(inputs) }, 2, {
      x: Float32Array.of(1, 2, 3, 4),
    });
    expect(stacked).toEqual({ y: Float32Array.of(2, 3, 4, 5) });
  });

  it('prefers the synchronous form', async () => {
    const run = () => Promise.reject(new Error('not called'));
    expect(await scanByRunning({ program, run, runSync }, 1, { x: Float32Array.of(1, 2) })).toEqual({
      y: Float32Array.of(2, 3),
    });
  });

  it('passes the error of a step on', async () => {
    let calls = 0;
    const failing = (inputs: TensorMap) => {
      if (++calls === 2) throw new RangeError('second step');
      return runSync(inputs);
    };
    const scan = scanByRunning({ program, run: async (inputs) => failing(inputs) }, 3, {
      x: new Float32Array(6),
    });
    await expect(scan).rejects.toThrow(new RangeError('second step'));
    expect(calls).toBe(2);
  });
});
