/** @file The layers without a literature of their own: what they move, and what they refuse. */
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { runLayer } from '../testing/runLayer.js';
import { activationSpec } from './activation.js';
import { concatenateSpec } from './concatenate.js';
import { dropoutSpec } from './dropout.js';
import { flattenSpec } from './flatten.js';
import { addSpec, multiplySpec } from './merge.js';
import { reshapeSpec } from './reshape.js';
import { softmaxSpec } from './softmax.js';

const outputShape = (spec: { name: string }, config: object, inputShapes: number[][]) => () =>
  runLayer(spec as never, { config, inputShapes, inputs: [] });

describe('flatten and reshape', () => {
  it('keep the order of elements', () => {
    const inputs = [[1, 2, 3, 4, 5, 6, 7, 8]];
    const run = { batch: 2, inputShapes: [[2, 2]], inputs };
    expect(runLayer(flattenSpec, { ...run, config: {} })).toEqual(inputs[0]);
    expect(runLayer(reshapeSpec, { ...run, config: { targetShape: [1, -1] } })).toEqual(inputs[0]);
  });

  it('resolve -1, and reject shapes that do not fit', () => {
    expect(reshapeSpec.outputShape({ targetShape: [2, -1] }, [[3, 4]])).toEqual([2, 6]);
    expect(reshapeSpec.outputShape({ targetShape: [0, -1] }, [[0, 4]])).toEqual([0, 0]);
    expect(reshapeSpec.outputShape({ targetShape: [] }, [[1, 1]])).toEqual([]);
    expect(outputShape(reshapeSpec, { targetShape: [5] }, [[6]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: reshape expected an input that fills targetShape [5], got [batch, 6], 6 elements per sample.

      Fix: keep the number of elements; at most one extent may be -1]
    `);
    expect(outputShape(reshapeSpec, { targetShape: [4, -1] }, [[6]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: reshape expected an input that fills targetShape [4, -1], got [batch, 6], 6 elements per sample.

      Fix: keep the number of elements; at most one extent may be -1]
    `);
    expect(outputShape(reshapeSpec, { targetShape: [-1, -1] }, [[4]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: reshape expected an input that fills targetShape [-1, -1], got [batch, 4], 4 elements per sample.

      Fix: keep the number of elements; at most one extent may be -1]
    `);
    expect(outputShape(reshapeSpec, { targetShape: [-2, -3] }, [[6]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: reshape expected an input that fills targetShape [-2, -3], got [batch, 6], 6 elements per sample.

      Fix: keep the number of elements; at most one extent may be -1]
    `);
  });
});

describe('activation and softmax', () => {
  it('apply the named function', () => {
    const run = { config: { activation: 'relu' } as const, inputShapes: [[3]], inputs: [[-1, 0, 2]] };
    expect(runLayer(activationSpec, run)).toEqual([0, 0, 2]);
  });

  it('reject an unknown function and the batch axis', () => {
    expect(outputShape(activationSpec, { activation: 'rely' }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: activation expected one of linear, relu, relu6, leakyRelu, squaredRelu, elu, selu, celu, softplus, softsign, tanh, sigmoid, logSigmoid, hardSigmoid, swish, hardSwish, gelu, geluTanh, mish, exponential, gaussian, sine, softmax, logSoftmax, got 'rely'.

      Fix: check the spelling, or pass one of the names above]
    `);
    expect(outputShape(softmaxSpec, { axis: 0 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: softmax expected axis from 1 to 1, or from -1 to -1, got axis 0 of [batch, 3].

      Fix: axis 0 is the batch; -1 is the last axis]
    `);
    expect(outputShape(softmaxSpec, { axis: -3 }, [[3, 2]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: softmax expected axis from 1 to 2, or from -1 to -2, got axis -3 of [batch, 3, 2].

      Fix: axis 0 is the batch; -1 is the last axis]
    `);
  });

  it('sum to 1 along the axis, without overflow at huge inputs', () => {
    const inputs = [[1e4, 0, 1e4, -1e4]];
    const y = runLayer(softmaxSpec, { config: { axis: 1 }, inputShapes: [[2, 2]], inputs });
    expectClose(y, [0.5, 1, 0.5, 0], tolerances.float64.elementwise);
  });
});

describe('dropout', () => {
  const inputs = [
    testRandom(1)
      .normals(4000)
      .map((value) => value + 10),
  ];
  const run = { config: { rate: 0.25 }, batch: 40, inputShapes: [[100]], inputs, randomKey: [3, 7] as const };

  it('is the identity in inference and at rate 0', () => {
    expect(runLayer(dropoutSpec, run)).toEqual(Array.from(inputs[0]));
    expect(runLayer(dropoutSpec, { ...run, config: { rate: 0 }, isTraining: true })).toEqual(
      Array.from(inputs[0]),
    );
  });

  it('drops about the given share in training and scales the rest by 1 / (1 - rate)', () => {
    const y = runLayer(dropoutSpec, { ...run, isTraining: true });
    const kept = y.flatMap((value, at) => (value === 0 ? [] : [value / inputs[0][at]]));
    expectClose(
      kept,
      kept.map(() => 4 / 3),
      tolerances.float64.elementwise,
    );
    // Binomial(4000, 0.75): mean 3000, standard deviation 27; the key is fixed
    expect(Math.abs(kept.length - 3000)).toBeLessThan(3 * 27);
  });

  it('draws the same mask for the same key and another for the next step', () => {
    const y = (randomKey: readonly [number, number]) =>
      runLayer(dropoutSpec, { ...run, isTraining: true, randomKey });
    expect(y([3, 7])).toEqual(y([3, 7]));
    expect(y([3, 7])).not.toEqual(y([3, 8]));
    expect(y([3, 7])).not.toEqual(y([4, 7]));
  });

  it('rejects rates outside [0, 1), and training without a key', () => {
    expect(outputShape(dropoutSpec, { rate: 1 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: dropout expected rate to be a number from 0 up to, but not including, 1, got 1.

      Fix: pass the share of elements to drop, such as rate: 0.25]
    `);
    expect(outputShape(dropoutSpec, { rate: -0.1 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: dropout expected rate to be a number from 0 up to, but not including, 1, got -0.1.

      Fix: pass the share of elements to drop, such as rate: 0.25]
    `);
    const context = { config: { rate: 0.5 }, inputs: [], parameters: {}, isTraining: true };
    expect(() => dropoutSpec.forward(context)).toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: dropout expected a random key in training, got none.

      Fix: give forward a randomKey, int32[2] (seed, counter)]
    `);
  });
});

describe('add, multiply and concatenate', () => {
  const run = {
    config: {},
    batch: 2,
    inputShapes: [[2], [2], [1]],
    inputs: [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [10, 100],
    ],
  };

  it('compute the hand-worked examples, stretching extents of 1', () => {
    expect(runLayer(addSpec, run)).toEqual([16, 18, 110, 112]);
    expect(runLayer(multiplySpec, run)).toEqual([50, 120, 2100, 3200]);
    expect(runLayer(concatenateSpec, run)).toEqual([1, 2, 5, 6, 10, 3, 4, 7, 8, 100]);
  });

  it('concatenate along any axis but the batch', () => {
    const inputShapes = [
      [1, 2],
      [2, 2],
    ];
    expect(concatenateSpec.outputShape({ axis: 1 }, inputShapes)).toEqual([3, 2]);
    expect(concatenateSpec.outputShape({ axis: -2 }, inputShapes)).toEqual([3, 2]);
    for (const axis of [0, -3, 3, 2])
      expect(outputShape(concatenateSpec, { axis }, inputShapes)).toThrow(/concatenate expected/);
    expect(outputShape(concatenateSpec, { axis: 2 }, inputShapes)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: concatenate expected inputs that differ on axis 2 only, an axis other than the batch, got [batch, 1, 2] and [batch, 2, 2].

      Fix: choose the axis on which the inputs differ, or reshape them]
    `);
  });

  it('reject a lone input, other ranks and extents that do not fit', () => {
    expect(outputShape(addSpec, {}, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: add expected two or more inputs of one rank, got [batch, 3].

      Fix: pass a list of inputs, reshaped to one rank]
    `);
    expect(outputShape(addSpec, {}, [])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: add expected two or more inputs of one rank, got none.

      Fix: pass a list of inputs, reshaped to one rank]
    `);
    expect(outputShape(multiplySpec, {}, [[3], [2, 3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: multiply expected two or more inputs of one rank, got [batch, 3] and [batch, 2, 3].

      Fix: pass a list of inputs, reshaped to one rank]
    `);
    expect(outputShape(multiplySpec, {}, [[3], [2]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: multiply expected operands whose extents are equal or 1 when aligned at the last axis, got [3] and [2].

      Fix: reshape one operand, or transpose it so that the shared axes line up]
    `);
  });
});
