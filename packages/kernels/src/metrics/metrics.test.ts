import { type DType, input, interpretNodes, type Shape } from '@polyneuron/graph';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { accuracyFor, crossentropyFor } from './accuracyFor.js';
import { metric, metrics } from './metrics.js';

interface Case {
  readonly name: string;
  readonly t: readonly number[];
  readonly p: readonly number[];
  readonly targetShape: Shape;
  readonly shape: Shape;
  readonly expected: readonly number[];
}

function perSample({ name, t, p, targetShape, shape }: Omit<Case, 'expected'>, dtype: DType): Float64Array {
  const yTrue = input('t', { shape: targetShape, dtype });
  const yPred = input('p', { shape, dtype: 'float32' });
  return interpretNodes([metric(name).perSample(yTrue, yPred)], { inputs: { t, p } })[0];
}

// Worked by hand.
const cases: readonly Case[] = [
  {
    name: 'binaryAccuracy',
    t: [1, 0, 1, 0],
    p: [0.6, 0.4, 0.5, 0.9],
    targetShape: [4, 1],
    shape: [4, 1],
    expected: [1, 1, 0, 0],
  },
  {
    name: 'binaryAccuracy',
    t: [1, 0, 1, 0],
    p: [0.6, 0.4, 0.5, 0.9],
    targetShape: [2, 2],
    shape: [2, 2],
    expected: [1, 0],
  },
  {
    name: 'binaryAccuracyFromLogits',
    t: [1, 0],
    p: [0.1, 0.1],
    targetShape: [2, 1],
    shape: [2, 1],
    expected: [1, 0],
  },
  {
    name: 'categoricalAccuracy',
    t: [0, 1, 1, 0],
    p: [0.2, 0.8, 0.4, 0.6],
    targetShape: [2, 2],
    shape: [2, 2],
    expected: [1, 0],
  },
  {
    name: 'categoricalAccuracy',
    t: [1, 0],
    p: [0.5, 0.5],
    targetShape: [1, 2],
    shape: [1, 2],
    expected: [1],
  },
  {
    name: 'sparseCategoricalAccuracy',
    t: [1, 0],
    p: [0.2, 0.8, 0.4, 0.6],
    targetShape: [2],
    shape: [2, 2],
    expected: [1, 0],
  },
  {
    name: 'sparseCategoricalAccuracy',
    t: [1, 0],
    p: [0.2, 0.8, 0.4, 0.6],
    targetShape: [2, 1],
    shape: [2, 2],
    expected: [1, 0],
  },
  {
    name: 'sparseCategoricalAccuracy',
    t: [1, 0],
    p: [0.2, 0.8, 0.4, 0.6],
    targetShape: [1, 2],
    shape: [1, 2, 2],
    expected: [0.5],
  },
  { name: 'mae', t: [0, 0], p: [1, -3], targetShape: [1, 2], shape: [1, 2], expected: [2] },
];

describe('metrics', () => {
  it('are filed under their own names, without double spellings', () => {
    for (const [key, { name }] of Object.entries(metrics)) expect(name).toBe(key);
    const spellings = Object.values(metrics).flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  it.each(cases)('$name of $p against $t is $expected', (example) => {
    for (const dtype of ['float32', 'int32'] as const) {
      expectClose(perSample(example, dtype), example.expected, tolerances.float64.exact);
    }
  });

  it('rmse is the root of the mean over the set, not a mean of roots', () => {
    const example = { name: 'rmse', t: [0, 0], p: [1, 7], targetShape: [2, 1], shape: [2, 1] };
    const samples = perSample(example, 'float32');
    expectClose(samples, [1, 49], tolerances.float64.exact);
    expect(metric('rmse').finish?.((samples[0] + samples[1]) / 2)).toBe(5);
    expect(metric('mse').finish).toBeUndefined();
  });
});

describe('accuracyFor and crossentropyFor', () => {
  it.each([
    ['meanSquaredError', 1, 'binaryAccuracy', 'binaryCrossentropy'],
    ['categoricalCrossentropy', 1, 'binaryAccuracy', 'binaryCrossentropy'],
    ['sparseCategoricalCrossentropy', 1, 'binaryAccuracy', 'binaryCrossentropy'],
    ['binary_crossentropy', 3, 'binaryAccuracy', 'binaryCrossentropy'],
    ['binaryCrossentropyFromLogits', 1, 'binaryAccuracyFromLogits', 'binaryCrossentropyFromLogits'],
    ['sparse_categorical_crossentropy', 3, 'sparseCategoricalAccuracy', 'sparseCategoricalCrossentropy'],
    [
      'sparseCategoricalCrossentropyFromLogits',
      3,
      'sparseCategoricalAccuracy',
      'sparseCategoricalCrossentropyFromLogits',
    ],
    ['categoricalCrossentropy', 3, 'categoricalAccuracy', 'categoricalCrossentropy'],
    ['categoricalCrossentropyFromLogits', 3, 'categoricalAccuracy', 'categoricalCrossentropyFromLogits'],
    ['mse', 3, 'categoricalAccuracy', 'categoricalCrossentropy'],
    [undefined, 3, 'categoricalAccuracy', 'categoricalCrossentropy'],
    [undefined, 1, 'binaryAccuracy', 'binaryCrossentropy'],
  ])('%s with output width %d: %s, %s', (lossName, width, accuracy, crossentropy) => {
    for (const shape of [[width], [32, width]]) {
      expect(accuracyFor(lossName, shape).name).toBe(accuracy);
      expect(crossentropyFor(lossName, shape).name).toBe(crossentropy);
    }
  });

  it('know no unknown loss', () => {
    expect(() => accuracyFor('msee', [1])).toThrow('loss expected one of meanSquaredError');
  });
});

describe('metric', () => {
  it('lists what it knows when it does not', () => {
    expect(() => metric('acuracy')).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: metric expected one of meanSquaredError, meanAbsoluteError, meanAbsolutePercentageError, meanSquaredLogarithmicError, huber, logcosh, poisson, binaryCrossentropy, binaryCrossentropyFromLogits, categoricalCrossentropy, categoricalCrossentropyFromLogits, sparseCategoricalCrossentropy, sparseCategoricalCrossentropyFromLogits, hinge, squaredHinge, categoricalHinge, kullbackLeiblerDivergence, cosineProximity, rootMeanSquaredError, binaryAccuracy, binaryAccuracyFromLogits, categoricalAccuracy, sparseCategoricalAccuracy, got 'acuracy'.

      Fix: check the spelling, or pass one of the names above]
    `);
  });
});
