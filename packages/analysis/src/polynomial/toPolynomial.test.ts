import '@tensorflow/tfjs-backend-cpu';
import { interpretNodes } from '@polyneuron/graph';
import { featureCross, quadDense, taylor } from '@polyneuron/layers';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { traceModel } from '@polyneuron/trainer';
import { setBackend, tensor } from '@tensorflow/tfjs-core';
import { model as functional, input, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  coefficientOf,
  evaluatePolynomial,
  type Polynomial,
  polynomialDegree,
  printPolynomial,
  toPolynomial,
} from '../index.js';

const { float64 } = tolerances;

/** Gives every weight values that hide nothing. */
function scramble(model: LayersModel, seed = 5): LayersModel {
  const random = testRandom(seed);
  model.setWeights(
    model.getWeights().map((weight) =>
      weight.dtype === 'int32'
        ? weight
        : tensor(
            Float32Array.from({ length: weight.size }, () => 0.5 * random.normal()),
            weight.shape,
          ),
    ),
  );
  return model;
}

/** The model in float64 at a point, by the graph's interpreter. */
function interpretAt(model: LayersModel, x: readonly number[]): number[] {
  const { inputs, outputs, weights } = traceModel(model, { batch: 1 });
  let from = 0;
  const bound = inputs.map((node, at) => {
    const size = node.shape.reduce((product, extent) => product * extent, 1);
    from += size;
    return [`x${at}`, x.slice(from - size, from)] as const;
  });
  const state = Object.fromEntries(weights.map(({ state, variable }) => [state, variable.read().dataSync()]));
  return interpretNodes(outputs, { inputs: Object.fromEntries(bound), state }).flatMap((values) =>
    Array.from(values),
  );
}

async function expectEqual(model: LayersModel, degree: number): Promise<readonly Polynomial[]> {
  const polynomials = await toPolynomial(model);
  expect(Math.max(...polynomials.map(polynomialDegree))).toBe(degree);
  const random = testRandom(9);
  for (let point = 0; point < 4; point++) {
    const x = Array.from({ length: polynomials[0].variables.length }, random.normal);
    expectClose(
      polynomials.map((polynomial) => evaluatePolynomial(polynomial, x)),
      interpretAt(model, x),
      float64.gradient,
    );
  }
  return polynomials;
}

describe('toPolynomial', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('reads the hand-worked quadratic neuron of the XOR: (x0 - x1)²', async () => {
    // (x W_r + b_r)(x W_g + b_g) + x² W_b + c with W_r = W_g = [1, -1]
    const layer = quadDense({ units: 1, inputShape: [2], name: 'xor' });
    const model = sequential({ layers: [layer] });
    const values: Record<string, number[]> = { kernelR: [1, -1], kernelG: [1, -1], biasG: [0] };
    model.setWeights(
      layer.parameters.map(({ spec, variable }) =>
        tensor(values[spec.name] ?? new Array(variable.read().size).fill(0), variable.shape as number[]),
      ),
    );
    const [y] = await toPolynomial(model, { variables: ['a', 'b'] });
    expect(printPolynomial(y)).toBe('a^2 - 2 a b + b^2');
    expect(y.terms.map(({ coefficient }) => coefficient)).toEqual([1, -2, 1]);
    expect([coefficientOf(y, { a: 1, b: 1 }), coefficientOf(y, { a: 1 })]).toEqual([-2, 0]);
    expect(JSON.parse(JSON.stringify(y))).toEqual(y);
  });

  it('reads stacks: dense, quadratic, dense', async () => {
    const model = sequential({
      layers: [
        layers.dense({ units: 3, inputShape: [2] }),
        quadDense({ units: 2 }),
        quadDense({ units: 2 }),
        layers.dense({ units: 2 }),
      ],
    });
    const [first] = await expectEqual(scramble(model), 4);
    // All monomials of degree up to 4 in two variables.
    expect(first.terms.length).toBe(15);
  });

  it('reads cross layers with both inputs, of degree L + 1', async () => {
    const x = input({ shape: [3] });
    const once = featureCross().apply([x, x] as never);
    const twice = featureCross({ projectionDim: 1, diagScale: 0.5 }).apply([x, once] as never);
    await expectEqual(scramble(functional({ inputs: x, outputs: twice as never })), 3);
  });

  it('reads Taylor layers, several inputs and outputs, shared and nested layers', async () => {
    const [a, b] = [input({ shape: [2] }), input({ shape: [2] })];
    const inner = sequential({
      layers: [layers.dense({ units: 2, inputShape: [2] }), taylor({ degree: 2 })],
    });
    const left = inner.apply(a);
    const product = layers.multiply().apply([left, inner.apply(b)] as never);
    const sum = layers.add().apply([product, left] as never);
    const model = functional({
      inputs: [a, b],
      outputs: [sum, layers.concatenate().apply([product, b] as never)] as never,
    });
    const polynomials = await expectEqual(scramble(model), 4);
    expect(polynomials.length).toBe(2 + 4);
    expect(printPolynomial(polynomials[4])).toBe('x2');
  });

  it('reads a convolution with average pooling', async () => {
    const model = sequential({
      layers: [
        layers.conv2d({ filters: 2, kernelSize: 2, inputShape: [4, 4, 1] }),
        layers.averagePooling2d({ poolSize: [3, 3] }),
        layers.flatten(),
        quadDense({ units: 1 }),
      ],
    });
    await expectEqual(scramble(model), 2);
  });

  it('reads one layer of a model, on its own inputs', async () => {
    const layer = quadDense({ units: 1, name: 'product' });
    const model = sequential({
      layers: [layers.dense({ units: 2, inputShape: [3], activation: 'tanh' }), layer],
    });
    scramble(model);
    const [y] = await toPolynomial(layer);
    expect(y.variables).toEqual(['x0', 'x1']);
    expect(polynomialDegree(y)).toBe(2);
    // Σ of all coefficients is the value at ones.
    const alone = sequential({ layers: [quadDense({ units: 1, inputShape: [2] })] });
    alone.setWeights(layer.getWeights());
    expectClose([evaluatePolynomial(y, [1, 1])], interpretAt(alone, [1, 1]), float64.gradient);
  });

  it('drops small terms and takes shapes of free extents', async () => {
    const model = sequential({
      layers: [layers.dense({ units: 1, batchInputShape: [null, null, 2], useBias: false })],
    });
    model.setWeights([tensor([2, 1e-4], [2, 1])]);
    const read = (tolerance: number) => toPolynomial(model, { inputShapes: [[2, 2]], tolerance });
    expect((await read(0)).map((one) => printPolynomial(one, { digits: 2 }))).toEqual([
      '2 x0 + 0.0001 x1',
      '2 x2 + 0.0001 x3',
    ]);
    expect((await read(1e-3)).map((one) => printPolynomial(one))).toEqual(['2 x0', '2 x2']);
  });

  const read = (model: LayersModel, options = {}) => toPolynomial(scramble(model), options);

  it('says where a model leaves the polynomials', async () => {
    const bent = sequential({
      layers: [
        quadDense({ units: 2, inputShape: [2], name: 'products' }),
        quadDense({ units: 2, activation: 'tanh', name: 'bent' }),
      ],
    });
    await expect(read(bent)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [NotPolynomialError: toPolynomial expected a model whose every step keeps polynomials polynomials, got tanh of a polynomial of degree 4.

        node    tanh : float32[1,2]
        layer   bent (QuadDense)

      Fix: give the layer a linear activation, or read the layers before it one by one: toPolynomial(model.layers[0])]
    `);
    const softmax = sequential({
      layers: [layers.dense({ units: 2, inputShape: [2], activation: 'softmax', name: 'classes' })],
    });
    await expect(read(softmax)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [NotPolynomialError: toPolynomial expected a model whose every step keeps polynomials polynomials, got reduceMax of a polynomial of degree 1.

        node    reduceMax : float32[1]
        layer   classes (Dense)

      Fix: give the layer a linear activation, or read the layers before it one by one: toPolynomial(model.layers[0])]
    `);
  });

  it('says where a polynomial grows too large', async () => {
    const deep = () =>
      sequential({
        layers: [
          quadDense({ units: 3, inputShape: [3], name: 'first' }),
          quadDense({ units: 3, name: 'second' }),
          quadDense({ units: 3, name: 'third' }),
        ],
      });
    await expect(read(deep(), { maxTerms: 20 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [PolynomialSizeError: toPolynomial expected at most 20 terms in one polynomial (maxTerms), got more.

        node    mul : float32[1,3]
        layer   second (QuadDense)

      Fix: raise maxTerms, or read fewer layers: the number of terms grows like variables^degree / degree!]
    `);
    await expect(read(deep(), { maxDegree: 7 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [PolynomialSizeError: toPolynomial expected a degree of at most 7 (maxDegree), got more.

        node    mul : float32[1,3]
        layer   third (QuadDense)

      Fix: raise maxDegree, or read fewer layers: a stack multiplies the degrees of its layers]
    `);
  });

  it('refuses names, limits and layers that do not fit', async () => {
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
    await expect(read(model, { variables: ['a'] })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: toPolynomial expected 2 different names of variables, one per element of a sample, got 1.

      Fix: leave variables out for x0, x1, ..., or name every element of every input in row-major order]
    `);
    await expect(read(model, { variables: ['a', 'a'] })).rejects.toThrow('a name twice in a, a');
    await expect(read(model, { maxTerms: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: toPolynomial expected maxTerms to be a number of at least 1, got 0.

      Fix: leave it out for the default]
    `);
    await expect(read(model, { tolerance: Number.NaN })).rejects.toThrow('tolerance');
    await expect(
      toPolynomial(quadDense({ units: 1, name: 'alone' })),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ProgramError: traceLayer expected a layer that is part of a model, got 'alone', which has not been called.

      Fix: add it to a tf.sequential, or apply it to a tf.input]
    `);
  });
});
