import { constant, input, interpretNodes, sizeOf, topologicalOrder } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { monomialCount, monomialMoment, monomialProducts, monomialsUpTo } from './monomials.js';
import { type SigmaPiConfig, sigmaPiSpec } from './sigmaPi.js';

type Config = Partial<SigmaPiConfig>;

describe('monomials', () => {
  it('lists the example of its documentation, and no powers unless asked', () => {
    expect(monomialsUpTo(2, 2, true)).toEqual([[0], [1], [0, 0], [0, 1], [1, 1]]);
    expect(monomialsUpTo(3, 3, false)).toEqual([[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]);
    expect(monomialsUpTo(2, 4, false)).toEqual([[0], [1], [0, 1]]);
  });

  it('counts what it lists', () => {
    for (const allowPowers of [false, true])
      for (let n = 1; n <= 5; n++)
        for (let order = 1; order <= 4; order++)
          expect(monomialCount(n, order, allowPowers)).toBe(monomialsUpTo(n, order, allowPowers).length);
  });

  it('multiplies once for every product up to an order', () => {
    const sets = monomialsUpTo(6, 4, true).filter(({ length }) => length > 1);
    const products = monomialProducts(input('x', { shape: [6], dtype: 'float32' }), sets);
    const factors = topologicalOrder([products]).filter(({ op }) => op === 'mul');
    expect(factors.reduce((count, { shape }) => count + sizeOf(shape), 0)).toBe(sets.length);
  });

  it('equals products of one factor at a time, for sets of any kind', () => {
    const x = testRandom(2).normals(5);
    const sets = [
      [0, 0, 4],
      [1, 2],
      [0, 0],
      [3, 3, 3, 3],
      [0, 1, 2, 3, 4],
      [1, 2, 4],
    ];
    const [products] = interpretNodes([monomialProducts(constant(x, [5]), sets)]);
    expectClose(
      products,
      sets.map((set) => set.reduce((product, at) => product * x[at], 1)),
      tolerances.float64.elementwise,
    );
  });

  it('knows the moments of normal products: E[x⁴] = 3, E[x⁴ y²] = 3, E[x⁶] = 15', () => {
    expect([[0], [0, 1], [0, 0], [0, 0, 1], [0, 0, 0]].map(monomialMoment)).toEqual([1, 1, 3, 3, 15]);
  });
});

describe('sigmaPi', () => {
  it('computes the hand-worked example', () => {
    // x = [2, 3, 5]: 2 + 30 + 500 from the features, 6 + 2·10 + 3·15 from the pairs, 1000
    const parameters = { kernel: [1, 10, 100], kernelHigher: [1, 2, 3], bias: [1000] };
    const run = { config: { units: 1 }, inputShapes: [[3]], inputs: [[2, 3, 5]], parameters };
    expect(runLayer(sigmaPiSpec, run)).toEqual([1603]);
  });

  it('solves XOR and parity with one unit, which one perceptron cannot', () => {
    // x + y + z - 2 (xy + xz + yz) + 4 xyz
    const config: Config = { units: 1, order: 3 };
    const parameters = { kernel: [1, 1, 1], kernelHigher: [-2, -2, -2, 4], bias: [0] };
    const cases = Array.from({ length: 8 }, (_, at) => [at & 1, (at >> 1) & 1, at >> 2]);
    const y = runLayer(sigmaPiSpec, {
      config,
      batch: 8,
      inputShapes: [[3]],
      inputs: [cases.flat()],
      parameters,
    });
    expect(y).toEqual(cases.map(([a, b, c]) => a ^ b ^ c));
  });

  it('takes the sets it is given, in their order', () => {
    const config: Config = { units: 1, sets: [[2, 1], [0], [1, 1, 1]], useBias: false };
    const parameters = { kernel: [1], kernelHigher: [10, 100] };
    const run = { config, inputShapes: [[3]], inputs: [[2, 3, 5]], parameters };
    expect(runLayer(sigmaPiSpec, run)).toEqual([2 + 150 + 2700]);
    expect(sigmaPiSpec.degree({ ...sigmaPiSpec.defaults, ...config } as SigmaPiConfig)).toBe(3);
  });

  it("starts as a dense layer with start 'linear', its products in a group of their own", () => {
    const { kernelHigher } = createParameters(sigmaPiSpec, { units: 3 }, [[4]], 1);
    expect(new Set(kernelHigher)).toEqual(new Set([0]));
    expect(parameterSpecs(sigmaPiSpec, { units: 3 }, [[4]]).map(({ name, group }) => [name, group])).toEqual([
      ['kernel', undefined],
      ['kernelHigher', 'higherOrder'],
      ['bias', undefined],
    ]);
  });

  it.each([
    [{ start: 'calibrated' }],
    [{ start: 'calibrated', order: 3, allowPowers: true }],
    [
      {
        start: 'calibrated',
        sets: [
          [0, 1],
          [2, 3],
          [4, 5],
          [6, 7],
        ],
      },
    ],
    [{}],
  ] as const)('has E[y²] = 1 for standard normal features: %o', (given) => {
    const config = { units: 64, ...given };
    const squares = [1, 2, 3, 4].map((seed) => {
      const parameters = createParameters(sigmaPiSpec, config, [[12]], seed);
      const inputs = [testRandom(seed).normals(256 * 12)];
      const y = runLayer(sigmaPiSpec, { config, batch: 256, inputShapes: [[12]], inputs, parameters });
      return y.reduce((sum, value) => sum + value * value, 0) / y.length;
    });
    const mean = squares.reduce((sum, square) => sum + square, 0) / 4;
    // Weights: √(2 / (64 · 4 · 4)) for the four sets, samples less: 0.05 to 0.1
    expect(mean).toBeGreaterThan(0.75);
    expect(mean).toBeLessThan(1.25);
  });

  it('rejects what is no list of products', () => {
    const run =
      (config: object, n = 3) =>
      () =>
        runLayer(sigmaPiSpec, { config: { units: 1, ...config }, inputShapes: [[n]], inputs: [] });
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ order: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected order to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ start: 'random' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected start to be one of 'linear', 'calibrated', got 'random'.

      Fix: check the spelling of the value]
    `);
    expect(run({ order: 4 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected order to be at most the number of features, 3, without allowPowers, got 4.

      Fix: lower the order, or pass allowPowers: true]
    `);
    expect(run({ order: 3 }, 100)).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected at most 65536 products, got 166750 of 100 features up to order 3.

      Fix: lower the order, or name the products that matter in sets]
    `);
    expect(run({ sets: [] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected sets to be different lists of indices from 0 to 2, got no set.

      Fix: name every product once; the empty product is the bias]
    `);
    expect(run({ sets: [[0], []] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected sets to be different lists of indices from 0 to 2, got [] at position 1.

      Fix: name every product once; the empty product is the bias]
    `);
    expect(run({ sets: [[0], [0, 3]] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected sets to be different lists of indices from 0 to 2, got [0, 3] at position 1.

      Fix: name every product once; the empty product is the bias]
    `);
    expect(run({ sets: [[0], [0, 0.5]] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected sets to be different lists of indices from 0 to 2, got [0, 0.5] at position 1.

      Fix: name every product once; the empty product is the bias]
    `);
    expect(run({ sets: [[0], [1, 2], [2, 1]] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected sets to be different lists of indices from 0 to 2, got [2, 1] at position 2.

      Fix: name every product once; the empty product is the bias]
    `);
    expect(run({ sets: [[0, 1]] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: sigmaPi expected a set of one index with start 'linear', which has all other weights 0, got 1 sets of two or more.

      Fix: pass start: 'calibrated', or add sets such as [0]]
    `);
  });
});
