import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// #region example
import '@tensorflow/tfjs-backend-cpu';
import { tensor, train } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { quadDense } from './index.js';
// #endregion
import { useBackend } from './testing/tfjsBackends.js';

describe('README', () => {
  it('has an example that learns', async () => {
    await useBackend('cpu');
    // #region example
    const model = sequential();
    model.add(quadDense({ units: 64, activation: 'relu', inputShape: [2] }));
    model.add(layers.dense({ units: 1 }));
    model.compile({ optimizer: train.adam(0.01), loss: 'meanSquaredError' });

    const x = tensor([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const y = tensor([0, 1, 1, 0], [4, 1]);
    const { history } = await model.fit(x, y, { epochs: 100, shuffle: false });
    // #endregion
    const losses = history.loss as number[];
    expect(losses.length).toBe(100);
    expect(losses[99]).toBeLessThan(losses[0] / 2);
  });

  it('shows exactly that example', () => {
    const source = readFileSync(new URL('./readme.test.ts', import.meta.url), 'utf8');
    const regions = [...source.matchAll(/\/\/ #region example\n(.*?)\n *\/\/ #endregion/gs)].map(
      ([, text]) => text,
    );
    const lines = regions
      .join('\n\n')
      .replace("'./index.js'", "'@polyneuron/layers'")
      .split('\n')
      .map((line) => line.replace(/^ {4}/, ''));
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(lines.join('\n'));
  });
});
