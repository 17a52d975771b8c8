import '@tensorflow/tfjs-backend-cpu';
import { createReferenceBackend } from '@polyneuron/backend';
import { crossNetwork, featureCross } from '@polyneuron/layers';
import { setBackend, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRead } from './modelReading.js';
import { readModel } from './readModel.js';

const backend = createReferenceBackend();
const names = ['a', 'b'];
const samples = { data: [0.5, -1, 2, 0.25], shape: [2, 2] };

/** x0 (3 x1) + x0 + x1 + tiny: a cross layer with one weight, and the sum of its outputs. */
function crossModel(tiny: number): Sequential {
  const model = sequential();
  model.add(featureCross({ name: 'cross', inputShape: [2] }));
  model.add(layers.dense({ units: 1, kernelInitializer: 'ones' }));
  const [kernel, bias, sum] = model.getWeights();
  expect([kernel, bias].map((weight) => weight!.shape)).toEqual([[2, 2], [2]]);
  model.setWeights([
    tensor2d([
      [0, 0],
      [3, 0],
    ]),
    tensor1d([0, 0]),
    sum!,
    tensor1d([tiny]),
  ]);
  return model;
}

type Activation = Parameters<typeof layers.dense>[0]['activation'];

/** Dense layers of three and one unit. */
function denseModel(hidden: Activation, last: Activation): Sequential {
  const model = sequential();
  model.add(layers.dense({ units: 3, inputShape: [2], activation: hidden!, name: 'dense_1' }));
  model.add(layers.dense({ units: 1, activation: last!, name: 'dense_2' }));
  return model;
}

beforeAll(async () => {
  await setBackend('cpu');
});

describe('readModel', () => {
  it('reads the hand-worked example', async () => {
    const { polynomial, interactions } = await readModel(crossModel(0), { names, samples, backend });
    expect(polynomial).toEqual({
      variables: names,
      terms: [
        { coefficient: 3, exponents: [1, 1] },
        { coefficient: 1, exponents: [1, 0] },
        { coefficient: 1, exponents: [0, 1] },
      ],
      text: '3 a b + a + b',
      degree: 2,
      termCount: 3,
      tolerance: 0,
    });
    expect(interactions).toEqual({
      names,
      values: [
        [0, 3],
        [3, 0],
      ],
      statistic: 'rms',
      isInputIndependent: true,
    });
  });

  it('gives back the units of inputs that were scaled', async () => {
    const { polynomial, interactions } = await readModel(crossModel(0), {
      names,
      backend,
      inputScale: 1 / 4,
    });
    expect(isRead(polynomial) && polynomial.text).toBe('0.1875 a b + 0.25 a + 0.25 b');
    expect(isRead(interactions) && interactions.values[0]).toEqual([0, 3 / 16]);
  });

  it('lists the terms above the tolerance, and counts all', async () => {
    const { polynomial } = await readModel(crossModel(1 / 256), { names, samples, backend, tolerance: 0.01 });
    expect(
      isRead(polynomial) && [polynomial.terms.length, polynomial.termCount, polynomial.tolerance],
    ).toEqual([3, 4, 0.03]);
  });

  it.each([
    ['relu', 'linear', 'no polynomial: max of a polynomial of degree 1 in dense_1 (Dense)'],
    ['linear', 'sigmoid', 'no polynomial: sigmoid of a polynomial of degree 1 in dense_2 (Dense)'],
  ] as const)(
    'says why %s, then %s, is no polynomial, and reads its pairs all the same',
    async (hidden, last, reason) => {
      const model = denseModel(hidden, last);
      const { polynomial, interactions } = await readModel(model, { names, samples, backend });
      expect(polynomial).toEqual({ reason });
      expect(isRead(interactions)).toBe(true);
    },
  );

  it('says which limit a polynomial passes', async () => {
    // (10 + 6)! / (10! 6!) = 8008 terms
    const model = sequential();
    model.add(crossNetwork({ numLayers: 5, inputShape: [10] }));
    model.add(layers.dense({ units: 1, name: 'dense_2' }));
    const deep = await readModel(model, {
      names: Array.from({ length: 10 }, (_, at) => `x${at}`),
      samples: { data: new Float32Array(10), shape: [1, 10] },
      backend,
    });
    expect(deep.polynomial).toEqual({
      reason: 'too large to write down: more than 5000 terms, or a degree above 64, in dense_2 (Dense)',
    });
  });

  it('says that weights are not finite', async () => {
    const { polynomial } = await readModel(crossModel(Number.NaN), { names, samples, backend });
    expect(polynomial).toEqual({ reason: 'coefficients that are not finite' });
  });
});
