import { testRandom } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { type QuadDenseConfig, quadDenseSpec } from './quadDense.js';

const zeroBiases = { biasR: [0], biasG: [0], biasC: [0] };

describe('quadDense', () => {
  it('computes the hand-worked example', () => {
    const parameters = {
      kernelR: [1, 2],
      kernelG: [3, 1],
      kernelB: [2, 1],
      biasR: [1],
      biasG: [2],
      biasC: [5],
    };
    // x = [1, 2]: (1 + 4 + 1)(3 + 2 + 2) + (2 + 4) + 5
    expect(
      runLayer(quadDenseSpec, { config: { units: 1 }, inputShapes: [[2]], inputs: [[1, 2]], parameters }),
    ).toEqual([53]);
  });

  it('equals x² + 2yz exactly with one unit and hand-written weights, in range and out of it', () => {
    const parameters = { kernelR: [0, 1, 0], kernelG: [0, 0, 2], kernelB: [1, 0, 0], ...zeroBiases };
    const random = testRandom(2);
    const points = Array.from({ length: 60 }, (_, at) => random.integer(10) + (at < 30 ? 0 : 100));
    const y = runLayer(quadDenseSpec, {
      config: { units: 1 },
      batch: 20,
      inputShapes: [[3]],
      inputs: [points],
      parameters,
    });
    const expected = y.map((_, at) => points[3 * at] ** 2 + 2 * points[3 * at + 1] * points[3 * at + 2]);
    expect(y).toEqual(expected);
  });

  it('solves XOR with one neuron, which one perceptron cannot', () => {
    // (x - y)² = x² + y² - 2xy
    const parameters = { kernelR: [1, 0], kernelG: [0, -2], kernelB: [1, 1], ...zeroBiases };
    const inputs = [[0, 0, 0, 1, 1, 0, 1, 1]];
    expect(
      runLayer(quadDenseSpec, { config: { units: 1 }, batch: 4, inputShapes: [[2]], inputs, parameters }),
    ).toEqual([0, 1, 1, 0]);
  });

  it("gives every parameter the document's law with start 'document'", () => {
    const specs = parameterSpecs(quadDenseSpec, { units: 2, start: 'document' }, [[3]]);
    expect(specs.map(({ name }) => name)).toEqual([
      'kernelR',
      'kernelG',
      'kernelB',
      'biasR',
      'biasG',
      'biasC',
    ]);
    for (const { initializer } of specs)
      expect(initializer).toEqual({ kind: 'normal', mean: 0, stddev: 0.05 });
  });

  it('counts the parameters of the document: 303,600 for the autoencoder', () => {
    const count = (units: number, inputs: number) => countParameters(quadDenseSpec, { units }, [[inputs]]);
    expect(count(64, 784) + count(784, 64)).toBe(303_600);
    expect(count(1, 3)).toBe(12);
  });

  it('gives a rank-4 input the rows of the flattened one', () => {
    const config: Partial<QuadDenseConfig> = { units: 2, start: 'random', activation: 'relu' };
    const parameters = createParameters(quadDenseSpec, config, [[3]], 6);
    const inputs = [testRandom(1).normals(24)];
    const run = (inputShapes: number[][], batch: number) =>
      runLayer(quadDenseSpec, { config, batch, inputShapes, inputs, parameters });
    expect(run([[2, 2, 3]], 2)).toEqual(run([[3]], 8));
  });

  it('passes NaN on and overflows to infinity, never to a wrong number', () => {
    const parameters = { kernelR: [1], kernelG: [1], kernelB: [1], ...zeroBiases };
    const inputs = [[Number.NaN, 1e200, 1e-200]];
    expect(
      runLayer(quadDenseSpec, { config: { units: 1 }, batch: 3, inputShapes: [[1]], inputs, parameters }),
    ).toEqual([Number.NaN, Number.POSITIVE_INFINITY, 0]);
  });

  it('rejects what it does not take', () => {
    const run = (config: object, inputShapes = [[3]]) =>
      expect(() => runLayer(quadDenseSpec, { config, inputShapes, inputs: [] }));
    run({ units: 0 }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadDense expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    run({ units: Number.NaN }).toThrow(/units to be a whole number/);
    run({ units: 2, variant: 'lowRank', rank: 0 }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadDense expected rank to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    run({ units: 2, variant: 'low-rank' }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadDense expected variant to be one of 'fan', 'product', 'quadralib', 'square', 'lowRank', 'symmetric', got 'low-rank'.

      Fix: check the spelling of the value]
    `);
    run({ units: 2, start: 'zeros' }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadDense expected start to be one of 'relinear', 'random', 'document', 'calibrated', got 'zeros'.

      Fix: check the spelling of the value]
    `);
    run({ units: 2, useBias: false }).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: quadDense expected useBias: true with start 'relinear', whose linear path is the bias b_g = 1, got useBias: false.

      Fix: pass start: 'random', or keep the biases, or take a variant with a kernelL such as 'quadralib']
    `);
    run({ units: 2, variant: 'product', start: 'calibrated', useBias: false }).toThrow(/b_g = 1/);
    run({ units: 2 }, [[3], [3]]).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: quadDense expected one input of rank 2 or more, got [batch, 3] and [batch, 3].

      Fix: join the inputs first, for example with concatenate]
    `);
    run({ units: 2 }, [[]]).toThrow(/rank 2 or more/);
  });
});
