import { readFileSync } from 'node:fs';
import { setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
// #region example
import '@tensorflow/tfjs-backend-cpu';
import { quadDense } from '@polyneuron/layers';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { fit, predict } from './index.js';

// #endregion

describe('README', () => {
  it('has an example that learns', async () => {
    await setBackend('cpu');
    // #region example
    const model = sequential();
    model.add(quadDense({ units: 4, activation: 'tanh', inputShape: [2] }));
    model.add(layers.dense({ units: 1, activation: 'sigmoid' }));
    model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['acc'] });

    const x = { data: [0, 0, 0, 1, 1, 0, 1, 1], shape: [4, 2] };
    const y = tensor([0, 1, 1, 0], [4, 1]);
    const { history } = await fit(model, x, y, { epochs: 200, batchSize: 4, seed: 1 });
    const xor = (await predict(model, x)) as Tensor;
    // #endregion
    expect((history.loss as number[])[199]).toBeLessThan((history.loss as number[])[0]);
    expect(xor.shape).toEqual([4, 1]);
  });

  it('shows exactly that example', () => {
    const source = readFileSync(new URL('./readme.test.ts', import.meta.url), 'utf8');
    const regions = [...source.matchAll(/\/\/ #region example\n(.*?)\s*\/\/ #endregion/gs)].map(
      ([, text]) => text,
    );
    const example = regions
      .join('\n\n')
      .replace('./index.js', '@polyneuron/trainer')
      .replaceAll(/^ {4}/gm, '');
    expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(example);
  });
});
