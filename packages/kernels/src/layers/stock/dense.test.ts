import { testRandom } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { denseSpec } from './dense.js';

describe('dense', () => {
  it('computes the hand-worked example', () => {
    const parameters = { kernel: [1, 0, 0, 1, 1, 1], bias: [10, 20] };
    // [1, 2, 3] W = [1 + 3, 2 + 3]
    expect(
      runLayer(denseSpec, { config: { units: 2 }, inputShapes: [[3]], inputs: [[1, 2, 3]], parameters }),
    ).toEqual([14, 25]);
  });

  it('counts the parameters of the networks of the documents', () => {
    const count = (units: number, inputs: number) => countParameters(denseSpec, { units }, [[inputs]]);
    // Autoencoder 784-64-784 of 000, MLP 784-64-64-10 of 004
    expect(count(64, 784) + count(784, 64)).toBe(101_200);
    expect(count(64, 784) + count(64, 64) + count(10, 64)).toBe(55_050);
  });

  it('gives a rank-4 input the rows of the flattened one', () => {
    const random = testRandom(1);
    const inputs = [random.normals(24)];
    const parameters = { kernel: random.normals(6), bias: random.normals(2) };
    const run = (inputShapes: number[][], batch: number) =>
      runLayer(denseSpec, {
        config: { units: 2, activation: 'relu' },
        batch,
        inputShapes,
        inputs,
        parameters,
      });
    expect(run([[2, 2, 3]], 2)).toEqual(run([[3]], 8));
  });

  it('rejects two inputs, a scalar per sample, no units and an unknown option', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(denseSpec, { config, inputShapes, inputs: [] });
    expect(run({ units: 2 }, [[3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: dense expected one input of rank 2 or more, got [batch, 3] and [batch, 3].

      Fix: join the inputs first, for example with concatenate]
    `);
    expect(run({ units: 2 }, [[]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: dense expected one input of rank 2 or more, got [batch].

      Fix: reshape the input]
    `);
    expect(run({ units: 2 }, [])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: dense expected one input of rank 2 or more, got none.

      Fix: reshape the input]
    `);
    expect(run({ units: 0 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: dense expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: 2.5 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: dense expected units to be a whole number of at least 1, got 2.5.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({}, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: dense expected 'units' (number of outputs), got no value.

      Fix: pass it: dense({ units: ... })]
    `);
    expect(run({ units: 2, unit: 3 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: dense expected options among activation, useBias, kernelInitializer, biasInitializer, units, got 'unit'.

      Fix: check the spelling of the option]
    `);
  });
});
