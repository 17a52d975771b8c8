import '@tensorflow/tfjs-backend-cpu';
import { createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { biInteractionSpec } from '@polyneuron/kernels';
import { featureCross, quadDense, SpecLayer } from '@polyneuron/layers';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { memory, setBackend, tensor } from '@tensorflow/tfjs-core';
import { model as functional, input, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluatePolynomial, interactionMatrix, type Polynomial, toPolynomial } from '../index.js';

const backend = createReferenceBackend();
const { float32, float64 } = tolerances;

function scramble<M extends LayersModel>(model: M): M {
  const random = testRandom(5);
  model.setWeights(
    model.getWeights().map(({ size, shape }) =>
      tensor(
        Float32Array.from({ length: size }, () => 0.5 * random.normal()),
        shape,
      ),
    ),
  );
  return model;
}

/** ∂²/∂x_i ∂x_j, term by term. */
function secondDerivativeOf({ variables, terms }: Polynomial, i: number, j: number): Polynomial {
  const slope = (list: Polynomial['terms'], at: number) =>
    list.flatMap(({ coefficient, exponents }) =>
      exponents[at] === 0
        ? []
        : [
            {
              coefficient: coefficient * exponents[at],
              exponents: exponents.map((e, k) => (k === at ? e - 1 : e)),
            },
          ],
    );
  return { variables, terms: slope(slope(terms, i), j) };
}

/** The documented formula, over the polynomials of a subject. */
function matrixOf(
  polynomials: readonly Polynomial[],
  samples: readonly (readonly number[])[],
  isRms = false,
): number[][] {
  const n = polynomials[0].variables.length;
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      const sizes = polynomials.flatMap((polynomial) =>
        samples.map((x) => Math.abs(evaluatePolynomial(secondDerivativeOf(polynomial, i, j), x))),
      );
      const mean = sizes.reduce((sum, size) => sum + (isRms ? size ** 2 : size), 0) / sizes.length;
      return isRms ? Math.sqrt(mean) : mean;
    }),
  );
}

class BiInteraction extends SpecLayer<object> {
  static readonly className = 'TestBiInteraction';
  constructor(options: object) {
    super(biInteractionSpec as never, options as never);
  }
}

describe('interactionMatrix', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('reads the hand-worked y = x0² + 3 x0 x1: the square counts twice, nothing else is paired', async () => {
    const layer = quadDense({ units: 1, inputShape: [3], name: 'worked' });
    const model = sequential({ layers: [layer] });
    // (x0)(3 x1) + x0²
    const values: Record<string, number[]> = {
      kernelR: [1, 0, 0],
      kernelG: [0, 3, 0],
      kernelB: [1, 0, 0],
      biasG: [0],
    };
    model.setWeights(
      layer.parameters.map(({ spec, variable }) =>
        tensor(values[spec.name] ?? new Array(variable.read().size).fill(0), variable.shape as number[]),
      ),
    );
    expect(await interactionMatrix(layer, { names: ['a', 'b', 'c'], backend })).toEqual({
      names: ['a', 'b', 'c'],
      values: [
        [2, 3, 0],
        [3, 0, 0],
        [0, 0, 0],
      ],
      statistic: 'mean',
      unit: 'element',
      isInputIndependent: true,
    });
  });

  it.each(['mean', 'rms'] as const)(
    'is the %s over outputs and samples, where degree is more than 2',
    async (statistic) => {
      const model = scramble(
        sequential({ layers: [quadDense({ units: 2, inputShape: [3] }), quadDense({ units: 2 })] }),
      );
      const random = testRandom(2);
      // 1500 samples of 3 elements: more rows than one run takes.
      const rows = Array.from({ length: 1500 }, () =>
        Array.from({ length: 3 }, () => 0.5 * Math.fround(random.normal())),
      );
      const samples = { data: rows.flat(), shape: [1500, 3] };
      const { values, isInputIndependent } = await interactionMatrix(model, { samples, statistic, backend });
      const expected = matrixOf(await toPolynomial(model), rows, statistic === 'rms');
      expectClose(values.flat(), expected.flat(), float64.gradient);
      expect(isInputIndependent).toBe(false);
      values.forEach((row, i) => row.forEach((value, j) => expect(value).toBe(values[j][i])));
    },
  );

  it('takes one output, several inputs, and the default backend', async () => {
    const [a, b] = [input({ shape: [2] }), input({ shape: [2] })];
    const cross = featureCross().apply([a, b] as never);
    const model = scramble(
      functional({ inputs: [a, b], outputs: [cross, layers.multiply().apply([a, b] as never)] as never }),
    );
    const before = memory().numTensors;
    const { values, names } = await interactionMatrix(model, { output: 3 });
    expect(memory().numTensors).toBe(before);
    // The fourth element of the outputs is a1 b1.
    expect(values).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    expect(names).toEqual(['x0', 'x1', 'x2', 'x3']);
    const all = await interactionMatrix(model);
    expectClose(
      all.values.flat(),
      matrixOf(await toPolynomial(model), [[0, 0, 0, 0]]).flat(),
      float32.gradient,
    );
  });

  it('is the same on compiled WebAssembly', async () => {
    const model = scramble(sequential({ layers: [quadDense({ units: 5, inputShape: [4] })] }));
    const [reference, wasm] = [backend, createWasmBackend()].map((one) =>
      interactionMatrix(model, { backend: one }),
    );
    expectClose((await wasm).values.flat(), (await reference).values.flat(), float32.gradient);
  });

  it('pairs fields for a layer of fields', async () => {
    // y_d = Σ_{f<g} e_fd e_gd, d = 0, 1: one of the 2·2 pairs of elements of two fields meets in each output, with 1.
    const layer = new BiInteraction({ inputShape: [3, 2], name: 'pooled' });
    sequential({ layers: [layer] });
    const byField = await interactionMatrix(layer, { backend });
    expect(byField.unit).toBe('field');
    expect(byField.names).toEqual(['field0', 'field1', 'field2']);
    expect(byField.values).toEqual([
      [0, 0.25, 0.25],
      [0.25, 0, 0.25],
      [0.25, 0.25, 0],
    ]);
    const first = await interactionMatrix(layer, { unit: 'element', output: 0, backend });
    expect(first.values[0]).toEqual([0, 0, 1, 0, 1, 0]);
    const rms = await interactionMatrix(layer, { statistic: 'rms', output: 0, backend });
    expect(rms.values[0]).toEqual([0, 0.5, 0.5]);
  });

  it('has nothing to show for linear models', async () => {
    const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [2] })] });
    expect((await interactionMatrix(model, { backend })).values).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('says what it needs', async () => {
    const bent = sequential({ layers: [quadDense({ units: 2, inputShape: [2], activation: 'tanh' })] });
    await expect(interactionMatrix(bent)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interactionMatrix expected samples: the second derivatives of this subject change with its inputs, got none.

      Fix: pass samples: rows of the data that the model is for]
    `);
    const wrong = { data: [1, 2, 3], shape: [1, 3] };
    await expect(interactionMatrix(bent, { samples: wrong })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: interactionMatrix expected samples of shape [samples, 2], at least one, got [1, 3].

      Fix: pass one tensor or { data, shape } per input]
    `);
    const bad = { data: [1, Number.NaN], shape: [1, 2] };
    await expect(interactionMatrix(bent, { samples: bad })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interactionMatrix expected 2 finite numbers as samples, got NaN.

      Fix: drop or impute such samples, and give the shape of the values]
    `);
    const embedding = sequential({
      layers: [layers.inputLayer({ inputShape: [2], dtype: 'int32' } as never), layers.dense({ units: 1 })],
    });
    await expect(interactionMatrix(embedding)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interactionMatrix expected float32 inputs: integers have no derivative, got input 0 of int32.

      Fix: take the layer behind the embedding: interactionMatrix(layer, { samples })]
    `);
  });

  it('reads samples that make no difference', async () => {
    const linear = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
    const wrong = { data: [1, 2, 3], shape: [1, 3] };
    await expect(interactionMatrix(linear, { samples: wrong })).rejects.toThrow('got [1, 3]');
    await expect(interactionMatrix(linear, { samples: 5 as never })).rejects.toThrow(
      'expected samples of shape [samples, 2], at least one, got something without a shape',
    );
  });

  it('refuses what is no model', async () => {
    await expect(interactionMatrix(null as never)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: traceModel expected a tfjs model: a tf.Sequential or a tf.LayersModel, got null.

      Fix: pass the model itself]
    `);
  });

  it('refuses options that are none', async () => {
    const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [2] })] });
    await expect(interactionMatrix(model, { output: 2 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interactionMatrix expected output to be a whole number from 0 to 1, got 2.

      Fix: leave it out for all outputs together]
    `);
    await expect(interactionMatrix(model, { names: ['a'] })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: interactionMatrix expected 2 names, one per element, got 1.

      Fix: leave names out, or name every one]
    `);
    await expect(interactionMatrix(model, { unit: 'field' })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: interactionMatrix expected inputs [B, ..., F, D] for unit 'field', got [B, 2].

      Fix: pass unit: 'element']
    `);
    await expect(
      interactionMatrix(model, { statistic: 'max' as 'rms' }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: interactionMatrix expected statistic to be one of mean, rms, got 'max'.

      Fix: leave it out for the default]
    `);
  });
});
