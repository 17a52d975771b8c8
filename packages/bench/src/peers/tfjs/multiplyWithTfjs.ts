import { matMul, slice, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Workload } from '../../contenders/contender.js';
import type { OpenedTask } from '../../programs/caseProgram.js';
import { operandNames, operandShapes } from '../../programs/matMulCaseProgram.js';

/** `tf.matMul` with its transpose flags, on resident tensors. */
export function multiplyWithTfjs({ task, state }: OpenedTask<'matMul'>): Workload {
  const shapes = operandShapes(task);
  const load = (name: 'a' | 'b') =>
    tensor2d(state[name] as Float32Array, shapes[name] as [number, number], 'float32');
  const [a, b] = [load('a'), load('b')];
  const multiply = () => matMul(a, b, task.form === 'tn', task.form === 'nt') as Tensor2D;
  return {
    async check() {
      const c = multiply();
      const values = await c.data();
      c.dispose();
      return { [operandNames.c]: values };
    },
    async run(runs) {
      for (let run = 1; run < runs; run++) multiply().dispose();
      const corner = tidy(() => slice(multiply(), [0, 0], [1, 1]));
      await corner.data();
      corner.dispose();
    },
    dispose() {
      a.dispose();
      b.dispose();
    },
  };
}
