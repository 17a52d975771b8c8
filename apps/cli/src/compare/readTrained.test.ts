import '@tensorflow/tfjs-backend-cpu';
import { createReferenceBackend } from '@polyneuron/backend';
import { type Dataset, friedman, type Split } from '@polyneuron/datasets';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../models/buildModel.js';
import { parseLayers } from '../models/parseLayers.js';
import { featureNames, isReadable, readTrained } from './readTrained.js';

function datasetOf(train: Split, test: Split, meta?: Dataset['meta']): Dataset {
  return { name: 'd', kind: 'regression', train, test, provenance: '', ...(meta && { meta }) };
}

const split = friedman({ count: 300, features: 5 });

describe('isReadable', () => {
  it.each([
    [[300, 16], true],
    [[300, 17], false],
    [[300, 4, 4], false],
  ])('of %j: %s', (xShape, expected) => {
    expect(isReadable(datasetOf({ ...split, xShape }, split))).toBe(expected);
  });
});

describe('featureNames', () => {
  const namesFor = (featureNames: unknown) => featureNamesOf({ featureNames });
  const featureNamesOf = (meta: Dataset['meta']) => featureNames(datasetOf(split, split, meta));

  it('takes those of the data set', () => {
    expect(namesFor(['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each([[undefined], [['a', 'b']], [['a', 'a', 'c', 'd', 'e']], [[1, 2, 3, 4, 5]]])(
    'counts from x1 where they are %j',
    (given) => {
      expect(namesFor(given)).toEqual(['x1', 'x2', 'x3', 'x4', 'x5']);
    },
  );
});

describe('readTrained', () => {
  it('reads a model at test samples', async () => {
    const model = buildModel([5], parseLayers('quadDense:2:tanh,dense:1'), 1);
    const { polynomial, interactions } = await readTrained(
      model,
      datasetOf(split, split),
      createReferenceBackend(),
    );
    // The layer starts linear
    expect(polynomial).toEqual({
      reason: 'no polynomial: tanh of a polynomial of degree 1 in quadDense_1 (QuadDense)',
    });
    expect(interactions).toMatchObject({ names: ['x1', 'x2', 'x3', 'x4', 'x5'], isInputIndependent: false });
  });
});
