import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { basisNames } from './basisFunctions.js';
import { type OrthogonalPolynomialConfig, orthogonalPolynomialSpec } from './orthogonalPolynomial.js';

type Config = Partial<OrthogonalPolynomialConfig>;

/** Mean square of 32 units over 64 standard normal samples of n features, over draws of the weights. */
function meanSquare(config: Config, n: number): number {
  const seeds = [1, 2, 3, 4];
  const squares = seeds.map((seed) => {
    const parameters = createParameters(orthogonalPolynomialSpec, { units: 32, ...config }, [[n]], seed);
    const inputs = [testRandom(seed).normals(64 * n)];
    const y = runLayer(orthogonalPolynomialSpec, {
      config: { units: 32, ...config },
      batch: 64,
      inputShapes: [[n]],
      inputs,
      parameters,
    });
    return y.reduce((sum, value) => sum + value * value, 0) / y.length;
  });
  return squares.reduce((sum, square) => sum + square, 0) / seeds.length;
}

describe('orthogonalPolynomial', () => {
  it('computes the hand-worked example', () => {
    // T_1, T_2, T_3 at 1/2 are 1/2, -1/2, -1: 3 + 1/2 - 10/2 - 100
    const parameters = { kernel: [1], kernelHigher: [10, 100], bias: [3] };
    const config: Config = { units: 1, degree: 3, normalization: 'none' };
    const y = runLayer(orthogonalPolynomialSpec, {
      config,
      inputShapes: [[1]],
      inputs: [[0.5]],
      parameters,
    });
    expect(y).toEqual([-101.5]);
  });

  it('maps the domain to [-1, 1] and clips outside', () => {
    const config: Config = { units: 1, degree: 1, normalization: 'clip', domain: [10, 14], useBias: false };
    const run = {
      config,
      batch: 4,
      inputShapes: [[1]],
      inputs: [[10, 13, 14, 100]],
      parameters: { kernel: [1] },
    };
    expect(runLayer(orthogonalPolynomialSpec, run)).toEqual([-1, 0.5, 1, 1]);
  });

  it.each(['tanh', 'layerNorm', 'clip', 'none'] as const)(
    'has finite first and second derivatives at |x| = 20 in every basis (%s)',
    (normalization) => {
      for (const basis of basisNames) {
        const f = layerFunction(
          orthogonalPolynomialSpec,
          { units: 2, basis, normalization },
          { batch: 1, inputShapes: [[4]] },
        );
        const vector = testRandom(2).normals(f.dimension);
        vector.set([20, -20, 20, -20]);
        const direction = testRandom(3).normals(f.dimension);
        expect(Array.from(f.output(vector)).every(Number.isFinite)).toBe(true);
        expect(Array.from(f.gradient(vector)).every(Number.isFinite)).toBe(true);
        expect(Array.from(f.hessianProduct(vector, direction)).every(Number.isFinite)).toBe(true);
      }
    },
  );

  it('defect: ChebyKAN takes the derivative of acos where tanh has rounded to 1', () => {
    const t = Math.tanh(20);
    // d cos(4 acos t) / dx = 4 sin(4 acos t) / √(1 - t²) · (1 - t²) = 0 / 0
    expect((4 * Math.sin(4 * Math.acos(t)) * (1 - t * t)) / Math.sqrt(1 - t * t)).toBeNaN();
    const f = layerFunction(orthogonalPolynomialSpec, { units: 1 }, { batch: 1, inputShapes: [[1]] });
    const vector = new Float64Array(f.dimension).fill(1);
    vector[0] = 20;
    // The weights have slopes T_1 .. T_4 and 1 at t = 1, the input has tanh' = 0
    expect(Array.from(f.gradient(vector)).map((value) => value / f.gradient(vector)[1])).toEqual([
      0, 1, 1, 1, 1, 1,
    ]);
  });

  it('defect: ChebyKAN starts with an output about 60 times too small', () => {
    const reference = Math.sqrt(meanSquare({ start: 'reference' }, 784));
    const calibrated = Math.sqrt(meanSquare({}, 784));
    // ChebyKAN has T_0 as well, whose coefficients add 1 to Σ E[T_d²]: .0108 with it
    expect(reference).toBeGreaterThan(0.008);
    expect(reference).toBeLessThan(0.011);
    expect(calibrated).toBeGreaterThan(0.9);
    expect(calibrated).toBeLessThan(1.1);
  });

  it('defect: ChebyKAN has n T_0 weights per unit that do the work of one bias', () => {
    const reference = 784 * 32 * 5;
    expect(countParameters(orthogonalPolynomialSpec, { units: 32 }, [[784]])).toBe(reference - 783 * 32);
  });

  it.each([
    [{}],
    [{ basis: 'legendre', normalization: 'layerNorm' }],
    [{ basis: 'hermite', normalization: 'none', orthonormal: true }],
    [{ basis: 'laguerre', degree: 3 }],
    [{ basis: 'fourier', degree: 2 }],
    [{ basis: 'chebyshev2', normalization: 'clip' }],
    [{ start: 'linear' }],
    [{ start: 'linear', basis: 'laguerre' }],
  ] as const)('starts with E[y²] = 1 for standard normal features: %o', (config) => {
    const square = meanSquare(config, 64);
    // Standard error of the mean over 4 draws of 64 · 32 outputs that share 64 samples: about 0.06
    expect(square).toBeGreaterThan(0.75);
    expect(square).toBeLessThan(1.25);
  });

  it("is a dense layer on φ_1(t) with start 'linear'", () => {
    const { kernel, kernelHigher } = createParameters(
      orthogonalPolynomialSpec,
      { units: 3, start: 'linear' },
      [[5]],
      1,
    );
    expect(new Set(kernelHigher)).toEqual(new Set([0]));
    expect(new Set(kernel).size).toBe(15);
    const [, higher] = parameterSpecs(orthogonalPolynomialSpec, { units: 3 }, [[5]]);
    expect(higher.group).toBe('higherOrder');
  });

  it('is exact on a polynomial of its degree: 4 x³ - 3 x is T_3', () => {
    const parameters = { kernel: [0], kernelHigher: [0, 1], bias: [0] };
    const config: Config = { units: 1, degree: 3, normalization: 'none' };
    const x = [-1.5, -0.3, 0, 0.7, 2];
    const y = runLayer(orthogonalPolynomialSpec, {
      config,
      batch: 5,
      inputShapes: [[1]],
      inputs: [x],
      parameters,
    });
    expectClose(
      y,
      x.map((t) => 4 * t ** 3 - 3 * t),
      tolerances.float64.transcendental,
    );
  });

  const run =
    (config: object, shape = [3]) =>
    () =>
      runLayer(orthogonalPolynomialSpec, { config, inputShapes: [shape], inputs: [] });

  it('rejects sizes and words that it does not take', () => {
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: 2, degree: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected degree to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: 2, degree: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected degree to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: 2, basis: 'bessel' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected basis to be one of 'chebyshev1', 'chebyshev2', 'legendre', 'jacobi', 'gegenbauer', 'hermite', 'hermitePhysicists', 'laguerre', 'fourier', got 'bessel'.

      Fix: check the spelling of the value]
    `);
    expect(run({ units: 2, start: 'zeros' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected start to be one of 'calibrated', 'linear', 'reference', got 'zeros'.

      Fix: check the spelling of the value]
    `);
    expect(run({ units: 2 }, [])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: orthogonalPolynomial expected one input of rank 2 or more, got [batch].

      Fix: reshape the input]
    `);
  });

  it('rejects options of another basis, and options out of range', () => {
    expect(run({ units: 2, alpha: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected no alpha with basis 'chebyshev1', got alpha: 1.

      Fix: leave alpha out, or pass basis: 'jacobi' or 'laguerre']
    `);
    expect(run({ units: 2, basis: 'fourier', lambda: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected no lambda with basis 'fourier', got lambda: 1.

      Fix: leave lambda out, or pass basis: 'gegenbauer']
    `);
    expect(run({ units: 2, basis: 'jacobi', beta: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected beta to be a finite number above -1 with basis 'jacobi', got -1.

      Fix: pass beta: 1, or leave it out]
    `);
    expect(run({ units: 2, basis: 'gegenbauer', lambda: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected lambda to be a finite number above 0 with basis 'gegenbauer', got 0.

      Fix: pass lambda: 1, or leave it out]
    `);
  });

  it('rejects domains and normalizations that make no sense', () => {
    expect(run({ units: 2, normalization: 'minmax' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected normalization to be one of 'tanh', 'layerNorm', 'clip', 'none', got 'minmax'.

      Fix: check the spelling of the value]
    `);
    expect(run({ units: 2, normalization: 'layerNorm' }, [1])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected two or more features with normalization 'layerNorm': one alone becomes 0, got 1.

      Fix: pass normalization: 'tanh']
    `);
    expect(run({ units: 2, domain: [0, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected no domain with normalization 'tanh', which takes any input, got [0, 1].

      Fix: pass normalization: 'clip', or leave the domain out]
    `);
    expect(run({ units: 2, normalization: 'clip', domain: [1, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: orthogonalPolynomial expected domain to be [low, high] with low < high, both finite, got [1, 1].

      Fix: pass the least and the largest value of the inputs]
    `);
  });
});
