import { readFileSync } from 'node:fs';
import { setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
// #region example
import '@tensorflow/tfjs-backend-cpu';
import { featureCross, quadDense } from '@polyneuron/layers';
import { fit } from '@polyneuron/trainer';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { depthGain, interactionMatrix, printPolynomial, toPolynomial } from './index.js';

// #endregion

describe('README', () => {
  it('has an example that reads a trained model', async () => {
    await setBackend('cpu');
    // #region example
    const model = sequential();
    model.add(featureCross({ inputShape: [2], name: 'cross' }));
    model.add(layers.dense({ units: 1, kernelInitializer: 'ones' }));
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });

    // y = x0² - 2 x0 x1 on a grid
    const grid = Array.from({ length: 81 }, (_, at) => [(at % 9) / 4 - 1, Math.floor(at / 9) / 4 - 1]);
    const x = { data: grid.flat(), shape: [81, 2] };
    const y = { data: grid.map(([a, b]) => a * a - 2 * a * b), shape: [81, 1] };
    await fit(model, x, y, { epochs: 300, batchSize: 81, optimizer: { name: 'adam', learningRate: 0.05 } });

    const [found] = await toPolynomial(model, { variables: ['a', 'b'] });
    console.log(printPolynomial(found, { digits: 2, tolerance: 0.01 })); // => a^2 - 2 a b

    const { values } = await interactionMatrix(model);
    console.log(values.map((row) => row.map((value) => value.toFixed(1)))); // => [['2.0', '2.0'], ['2.0', '0.0']]

    const rows = await depthGain(
      (seed, at) => quadDense({ units: 16, start: 'calibrated', seed, name: `quad${at}` }),
      8,
      { inputShape: [16] },
    );
    console.log(rows[8].forward.min > 0.25 && rows[8].forward.max < 4); // => true
    // #endregion
    expect(printPolynomial(found, { digits: 2, tolerance: 0.01 })).toBe('a^2 - 2 a b');
    expect(values.map((row) => row.map((value) => value.toFixed(1)))).toEqual([
      ['2.0', '2.0'],
      ['2.0', '0.0'],
    ]);
    expect(rows[8].forward.min > 0.25 && rows[8].forward.max < 4).toBe(true);
  });

  it('shows exactly that example', () => {
    const source = readFileSync(new URL('./readme.test.ts', import.meta.url), 'utf8');
    const regions = [...source.matchAll(/\/\/ #region example\n(.*?)\s*\/\/ #endregion/gs)].map(
      ([, text]) => text,
    );
    const example = regions
      .join('\n\n')
      .replace('./index.js', '@polyneuron/analysis')
      .replaceAll(/^ {4}/gm, '');
    expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(example);
  });
});
