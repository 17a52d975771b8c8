import '@tensorflow/tfjs-backend-cpu';
import { createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { quadDense } from '@polyneuron/layers';
import { expectClose, tolerances } from '@polyneuron/testing';
import { memory, setBackend, tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { depthGain } from '../index.js';

const backend = createWasmBackend();

describe('depthGain', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('follows the hand-worked factors of a diagonal network', async () => {
    const model = sequential({
      layers: [
        layers.dense({ units: 2, inputShape: [2], useBias: true, name: 'twice' }),
        layers.dense({ units: 2, useBias: false, name: 'half' }),
      ],
    });
    model.setWeights([tensor([2, 0, 0, 2], [2, 2]), tensor([7, -7]), tensor([0.5, 0, 0, 0.5], [2, 2])]);
    const reference = createReferenceBackend();
    const rows = await depthGain(model, { seeds: [1, 2], samples: 50, backend: reference });
    expect(rows.map(({ depth, layer }) => `${depth} ${layer}`)).toEqual(['0 input', '1 twice', '2 half']);
    const [input, twice, half] = rows;
    for (const at of [0, 1]) {
      // Biases shift without varying; the variance of 2 x is four times that of x, that of 0.5·2 x the same again.
      const [before, after] = [input.forward.values[at], twice.forward.values[at]];
      expectClose([after, half.forward.values[at]], [4 * before, before], tolerances.float64.transcendental);
      // dy/dhalf = dy, dy/dtwice = dy/2, dy/dinput = dy
      const top = half.gradient.values[at];
      expectClose(
        [twice.gradient.values[at], input.gradient.values[at]],
        [top / 4, top],
        tolerances.float64.transcendental,
      );
    }
    // 100 normal numbers of variance 1: three standard deviations of their variance are 3 √(2/100).
    expect(Math.abs(input.forward.mean - 1)).toBeLessThan(0.43);
    expect(input.forward.min).toBe(Math.min(...input.forward.values));
    expect(input.forward.max).toBe(Math.max(...input.forward.values));
    expect(input.forward.values[0]).not.toBe(input.forward.values[1]);
  });

  const stack = (start: 'relinear' | 'random' | 'calibrated') =>
    depthGain((seed, at) => quadDense({ units: 64, start, seed, name: `quad${at}` }), 8, {
      inputShape: [64],
      seeds: [1, 2, 3],
      backend,
    });

  it('keeps eight calibrated quadratic layers of width 64 within a factor of 4', async () => {
    const rows = await stack('calibrated');
    expect(rows.length).toBe(9);
    for (const { forward } of rows)
      for (const variance of forward.values) expect(Math.abs(Math.log(variance))).toBeLessThan(Math.log(4));
  });

  it('shows that random quadratic layers explode', async () => {
    const rows = await stack('random');
    // Glorot on three kernels: 4 after one layer, then the square of what came before, and more.
    expect(rows[1].forward.mean).toBeGreaterThan(2);
    expect(rows[4].forward.mean).toBeGreaterThan(1e6);
    expect(rows[8].forward.max).not.toBeLessThan(1e30);
  });

  it('makes models from seeds, with branches, and disposes them', async () => {
    const before = memory().numTensors;
    const rows = await depthGain(
      (seed) =>
        sequential({
          layers: [
            layers.dense({ units: 4, inputShape: [3], activation: 'relu', name: `a${seed}` }),
            sequential({ layers: [quadDense({ units: 2, inputShape: [4], seed, name: 'b' })] }),
          ],
        }),
      { seeds: [3, 4], samples: 32 },
    );
    expect(memory().numTensors).toBe(before);
    expect(rows.map(({ layer }) => layer)).toEqual(['input', 'a3', 'b']);
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });

  it('refuses what it cannot measure', async () => {
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
    await expect(depthGain(model, { samples: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: depthGain expected samples to be a whole number of at least 2, got 1.

      Fix: pass samples: 256]
    `);
    await expect(depthGain(model, { seeds: [] })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: depthGain expected whole numbers as seeds, at least one, got [].

      Fix: pass seeds: [1, 2, 3, 4, 5], or leave them out]
    `);
    const make = () => layers.dense({ units: 2 });
    await expect(depthGain(make as never, 0, { inputShape: [2] })).rejects.toThrow(
      'depth to be a whole number',
    );
    await expect(depthGain(make as never, 2, {} as never)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: depthGain expected the inputShape of the first layer, got none.

      Fix: pass it: depthGain(makeLayer, 8, { inputShape: [64] })]
    `);
    const embedding = sequential({
      layers: [layers.inputLayer({ inputShape: [2], dtype: 'int32' } as never), layers.dense({ units: 1 })],
    });
    await expect(depthGain(embedding)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: depthGain expected float32 inputs, which are fed normal numbers, got input 0 of int32.

      Fix: measure the model behind its embeddings]
    `);
  });
});
