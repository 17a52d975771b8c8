import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { polynomialForms } from './polynomialForms.js';
import { type PolynomialNetworkConfig, polynomialNetworkSpec } from './polynomialNetwork.js';
import { polynomialVariance } from './polynomialVariance.js';

type Config = Partial<PolynomialNetworkConfig>;

/** E[y²] over draws of weights and standard normal features, its mean over 8 seeds of 32 samples and 32 units. */
function meanSquare(config: Config, n: number): number {
  const full = { units: 32, rank: 32, ...config };
  const squares = Array.from({ length: 8 }, (_, seed) => {
    const parameters = createParameters(polynomialNetworkSpec, full, [[n]], seed + 1);
    const inputs = [testRandom(seed + 1).normals(32 * n)];
    const y = runLayer(polynomialNetworkSpec, {
      config: full,
      batch: 32,
      inputShapes: [[n]],
      inputs,
      parameters,
    });
    return y.reduce((sum, value) => sum + value * value, 0) / y.length;
  });
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}

describe('polynomialNetwork', () => {
  it.each([
    // z = 2. ccp: 4, 4 + 6·4 = 28, 28 + 2·28 = 84; 84·10 + 1
    ['ccp', 3, { kernel: [2], kernelHigher: [3, 1], kernelOut: [10], bias: [1] }, 841],
    // ncp: 4·3 = 12, 2·(5·12 + 7) = 134
    [
      'ncp',
      2,
      { kernel: [2], kernelHigher: [1], mixing: [5], offset: [3, 7], kernelOut: [1], bias: [0] },
      134,
    ],
    // ncpSkip: 10·12 more
    [
      'ncpSkip',
      2,
      {
        kernel: [2],
        kernelHigher: [1],
        mixing: [5],
        offset: [3, 7],
        skip: [10],
        kernelOut: [1],
        bias: [0],
      },
      254,
    ],
  ] as const)('computes the hand-worked example of form %s', (form, degree, parameters, expected) => {
    const config: Config = { units: 1, rank: 1, degree, form };
    const run = { config, inputShapes: [[1]], inputs: [[2]], parameters };
    expect(runLayer(polynomialNetworkSpec, run)).toEqual([expected]);
  });

  it('has the coefficient tensors of a CP decomposition in form ccp', () => {
    const [n, h, degree] = [3, 2, 3];
    const random = testRandom(4);
    const [kernel, kernelHigher, kernelOut] = [
      random.normals(n * h),
      random.normals(2 * n * h),
      random.normals(h),
    ];
    const z = random.normals(n);
    const factor = (k: number, i: number, j: number) =>
      k === 0 ? kernel[i * h + j] : kernelHigher[((k - 1) * n + i) * h + j];
    // One term for each subset of the steps after the first and each choice of a feature in every factor
    let expected = 0;
    for (const factors of [[0], [0, 1], [0, 2], [0, 1, 2]]) {
      for (let choice = 0; choice < n ** factors.length; choice++) {
        const features = factors.map((_, at) => Math.floor(choice / n ** at) % n);
        for (let j = 0; j < h; j++)
          expected += factors.reduce(
            (term, k, at) => term * factor(k, features[at], j) * z[features[at]],
            kernelOut[j],
          );
      }
    }
    const config: Config = { units: 1, rank: h, degree, useBias: false };
    const y = runLayer(polynomialNetworkSpec, {
      config,
      inputShapes: [[n]],
      inputs: [z],
      parameters: { kernel, kernelHigher, kernelOut },
    });
    expectClose(y, [expected], tolerances.float64.gradient);
  });

  it.each(
    polynomialForms.flatMap((form) =>
      (['linear', 'gated'] as const).flatMap((start) =>
        [2, 4].map((degree) => [form, start, degree] as const),
      ),
    ),
  )('starts linear, exactly: %s, %s, degree %d', (form, start, degree) => {
    const config: Config = { units: 3, rank: 4, form, start, degree };
    const parameters = createParameters(polynomialNetworkSpec, config, [[5]], 3);
    const run = { config, batch: 1, inputShapes: [[5]], parameters };
    const at = (z: readonly number[]) => runLayer(polynomialNetworkSpec, { ...run, inputs: [z] });
    const [z, w] = [testRandom(1).normals(5), testRandom(2).normals(5)];
    const sum = at(Array.from(z, (value, i) => value + 2 * w[i]));
    const [atZ, atW] = [at(Array.from(z)), at(Array.from(w))];
    expectClose(
      sum,
      atZ.map((value, i) => value + 2 * atW[i]),
      tolerances.float64.transcendental,
    );
    expect(Math.max(...sum.map(Math.abs))).toBeGreaterThan(0.1);
  });

  it.each(polynomialForms)('moves its products from the linear starts: %s', (form) => {
    for (const start of ['linear', 'gated'] as const) {
      const config: Config = { units: 2, rank: 3, form, start };
      const f = layerFunction(polynomialNetworkSpec, config, { batch: 2, inputShapes: [[4]] });
      const parameters = createParameters(polynomialNetworkSpec, config, [[4]], 3);
      const values = Object.values(parameters).flatMap((list) => Array.from(list));
      const gradient = f.gradient(Float64Array.from([...testRandom(1).normals(8), ...values]));
      const specs = parameterSpecs(polynomialNetworkSpec, config, [[4]]);
      const higher = specs.filter(({ group }) => group === 'higherOrder').map(({ name }) => name);
      let from = f.inputDimension;
      const moved = specs.filter(({ name }) => {
        const slopes = gradient.slice(from, from + parameters[name].length);
        from += parameters[name].length;
        return slopes.some((slope) => slope !== 0) && higher.includes(name);
      });
      expect(moved.length).toBeGreaterThan(0);
    }
  });

  it.each([2, 3, 4, 6])("has E[y²] = 2^(K - 1) with start 'random' in form ccp: K = %d", (degree) => {
    const step = { kernel: 1, mixing: 1, offset: 1 };
    const many = polynomialVariance('ccp', { degree, features: 1e9, step });
    expectClose(many, 2 ** (degree - 1), tolerances.float32.elementwise);
  });

  it('has the variances that one can work out by hand', () => {
    const step = { kernel: 1, mixing: 1, offset: 1 };
    const of = (form: Parameters<typeof polynomialVariance>[0], degree: number) =>
      polynomialVariance(form, { degree, features: 1, step });
    // One feature: E[s] = 1, E[s²] = 3. x_2² is s (1 + s) on average in ccp, s (s + 1) in ncp, s + s (s + 1) in ncpSkip
    expect([of('ccp', 1), of('ccp', 2), of('ncp', 2), of('ncpSkip', 2)]).toEqual([1, 4, 4, 5]);
  });

  it.each(polynomialForms)("has E[y²] = 1 with start 'calibrated': %s", (form) => {
    for (const degree of [1, 2, 3, 5]) {
      // Standard error over 8 draws: √(2 / 32) / √8 from |z|² and the kernels each, near 0.1 together
      const square = meanSquare({ form, degree, start: 'calibrated' }, 32);
      expect(square).toBeGreaterThan(0.7);
      expect(square).toBeLessThan(1.3);
    }
  });

  it('keeps stacks of the calibrated start bounded, where random ones overflow', () => {
    const after = (start: PolynomialNetworkConfig['start'], layers: number) => {
      const config: Config = { units: 64, rank: 64, start };
      let x = Array.from(testRandom(5).normals(16 * 64));
      for (let layer = 0; layer < layers; layer++) {
        const parameters = createParameters(polynomialNetworkSpec, config, [[64]], layer);
        x = runLayer(polynomialNetworkSpec, {
          config,
          batch: 16,
          inputShapes: [[64]],
          inputs: [x],
          parameters,
        });
      }
      return x.reduce((sum, value) => sum + value * value, 0) / x.length;
    };
    const calibrated = after('calibrated', 8);
    expect(calibrated).toBeGreaterThan(1 / 4);
    expect(calibrated).toBeLessThan(4);
    expect(after('random', 4)).toBeGreaterThan(1e10);
  });

  it('counts the 50,410 parameters of the tutorial notebook for MNIST, less the biases in its U_k', () => {
    const config: Config = { units: 10, rank: 16, degree: 4 };
    expect(countParameters(polynomialNetworkSpec, config, [[784]])).toBe(50_410 - 4 * 16);
  });

  it('rejects sizes and words that it does not take', () => {
    const run = (config: object) => () =>
      runLayer(polynomialNetworkSpec, { config: { units: 1, ...config }, inputShapes: [[3]], inputs: [] });
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: polynomialNetwork expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ degree: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: polynomialNetwork expected degree to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ rank: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: polynomialNetwork expected rank to be a whole number of at least 1, got 1.5.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ form: 'cp' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: polynomialNetwork expected form to be one of 'ccp', 'ncp', 'ncpSkip', got 'cp'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'zeros' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: polynomialNetwork expected start to be one of 'linear', 'calibrated', 'gated', 'random', got 'zeros'.

      Fix: check the spelling of the value]
    `);
  });
});
