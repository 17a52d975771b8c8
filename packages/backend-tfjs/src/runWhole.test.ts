import { add, defineProgram, mul } from '@polyneuron/graph';
import '@tensorflow/tfjs-backend-cpu';
import {
  grad,
  type KernelBackend,
  memory,
  registerKernel,
  setBackend,
  sum,
  type Tensor,
  type TensorInfo,
  tensor1d,
  tidy,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
// Registers the gradients of tfjs's ops
import '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differentiableProgram, runProgram } from './index.js';

const kernelName = 'PolyneuronProgram';

const program = defineProgram({
  name: 'pair',
  inputs: { x: { shape: [2], dtype: 'float32' } },
  build: ({ inputs: { x } }) => ({ outputs: { double: add(x, x), square: mul(x, x) } }),
});

describe('runWhole', () => {
  /** Names of the programs that the kernel was asked to run. */
  let asked: string[] = [];

  beforeEach(async () => {
    await setBackend('cpu');
    asked = [];
    registerKernel({
      kernelName,
      backendName: 'cpu',
      kernelFunc: ({ attrs, backend }) => {
        const { name, outputs } = (attrs as unknown as { program: typeof program }).program;
        asked.push(name);
        return Object.keys(outputs).map((_, at): TensorInfo => {
          const dataId = (backend as KernelBackend).write(Float32Array.of(at, at + 0.5), [2], 'float32');
          return { dataId: dataId as TensorInfo['dataId'], shape: [2], dtype: 'float32' };
        });
      },
    });
  });

  afterEach(() => {
    unregisterKernel(kernelName, 'cpu');
  });

  it('runs a program as the one kernel that the backend has for it', () => {
    const x = tensor1d([3, 4]);
    const before = memory().numTensors;
    const { double, square } = tidy(() => {
      const outputs = runProgram(program, { x });
      return { double: [...outputs.double.dataSync()], square: [...outputs.square.dataSync()] };
    });
    expect([double, square]).toEqual([
      [0, 0.5],
      [1, 1.5],
    ]);
    expect(asked).toEqual(['pair']);
    expect(memory().numTensors).toBe(before);
    x.dispose();
  });

  it('runs the gradient as one kernel too', () => {
    const at = tensor1d([3, 4]);
    tidy(() => grad((x: Tensor) => sum(differentiableProgram(program, { x }).square))(at));
    expect(asked).toEqual(['pair', 'd:pair']);
    at.dispose();
  });
});
