import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { biInteractionSpec } from './biInteraction.js';
import { type FactorizationMachineConfig, factorizationMachineSpec } from './factorizationMachine.js';
import { fieldPairs } from './fieldPairs.js';
import { signMoments } from './testing/signMoments.js';

const { contraction, elementwise } = tolerances.float64;

function machine(
  config: Partial<FactorizationMachineConfig>,
  x: ArrayLike<number>,
  parameters: Record<string, ArrayLike<number>>,
): number[] {
  return runLayer(factorizationMachineSpec, { config, inputShapes: [[x.length]], inputs: [x], parameters });
}

describe('factorizationMachine', () => {
  it('computes the hand-worked example: 3·4·1·2 = 24', () => {
    const config = { factors: 1, useLinear: false, useBias: false };
    expect(machine(config, [1, 2], { factors: [3, 4] })).toEqual([24]);
  });

  it('adds bias and linear part', () => {
    // 10 + (5·1 + 6·2) + ⟨[1, 2], [3, 4]⟩·1·2
    const parameters = { factors: [1, 2, 3, 4], linear: [5, 6], bias: [10] };
    expect(machine({ factors: 2 }, [1, 2], parameters)).toEqual([10 + 17 + 22]);
  });

  it('equals the double loop over pairs, for several units', () => {
    const [n, units, factors] = [7, 3, 4];
    const random = testRandom(3);
    const x = random.normals(n);
    const v = random.normals(n * units * factors);
    const y = machine({ factors, units, useLinear: false, useBias: false }, x, { factors: v });
    const expected = Array.from({ length: units }, (_, unit) => {
      let total = 0;
      for (let i = 0; i < n; i++)
        for (let j = i + 1; j < n; j++)
          for (let k = 0; k < factors; k++)
            total += v[(i * units + unit) * factors + k] * v[(j * units + unit) * factors + k] * x[i] * x[j];
      return total;
    });
    expectClose(y, expected, contraction(n * n * factors));
  });

  it('is the bi-interaction of the fields x[i] v[i], summed', () => {
    const random = testRandom(4);
    const [x, v] = [random.normals(5), random.normals(10)];
    const fields = v.map((value, at) => value * x[Math.floor(at / 2)]);
    const pooled = runLayer(biInteractionSpec, { config: {}, inputShapes: [[5, 2]], inputs: [fields] });
    const y = machine({ factors: 2, useLinear: false, useBias: false }, x, { factors: v });
    expectClose(y, [pooled[0] + pooled[1]], contraction(20));
  });

  it("equals dense, bit for bit, with start 'linear', and learns its gain from the first step", () => {
    const config: Partial<FactorizationMachineConfig> = { factors: 3, units: 4, start: 'linear' };
    const parameters = createParameters(factorizationMachineSpec, config, [[5]], 1);
    const inputs = [testRandom(5).normals(15)];
    const run = { batch: 3, inputShapes: [[5]], inputs };
    const dense = runLayer(denseSpec, {
      ...run,
      config: { units: 4 },
      parameters: { kernel: parameters.linear, bias: parameters.bias },
    });
    expect(runLayer(factorizationMachineSpec, { ...run, config, parameters })).toEqual(dense);
    // dy/dgain is the sum over pairs: factors are drawn, not 0
    const open = { ...parameters, gain: [1, 1, 1, 1] };
    expect(runLayer(factorizationMachineSpec, { ...run, config, parameters: open })).not.toEqual(dense);
    expect(parameters.gain.every((value) => value === 0)).toBe(true);
  });

  it('adds the variances of its parts: Σ w² and, of each pair, ⟨v[i], v[j]⟩²', () => {
    const random = testRandom(7);
    const [linear, factors] = [random.normals(4), random.normals(8)];
    const inner = (i: number, j: number) =>
      factors[2 * i] * factors[2 * j] + factors[2 * i + 1] * factors[2 * j + 1];
    const expected =
      linear.reduce((total, value) => total + value ** 2, 0) +
      fieldPairs(4).reduce((total, [i, j]) => total + inner(i, j) ** 2, 0);
    const config = { factors: 2, useBias: false };
    const [moment] = signMoments(factorizationMachineSpec, config, [4], { linear, factors });
    expectClose(moment, expected, contraction(64));
  });

  it('gives its parts variances that make 1: a sixteenth to the pairs, all where there is one part', () => {
    const [n, factors] = [9, 5];
    const shares = (config: Partial<FactorizationMachineConfig>) =>
      parameterSpecs(factorizationMachineSpec, { factors, ...config }, [[n]]).flatMap(({ initializer }) => {
        // E ⟨v[i], v[j]⟩² = k s⁴; orthogonal columns have the norm `gain`
        if (initializer.kind === 'normal') return [((n * (n - 1)) / 2) * factors * initializer.stddev ** 4];
        return initializer.kind === 'orthogonal' ? [initializer.gain ** 2] : [];
      });
    expectClose(shares({}), [15 / 16, 1 / 16], elementwise);
    expectClose(shares({ useLinear: false }), [1], elementwise);
    expectClose(shares({ start: 'linear' }), [1, 1], elementwise);
    // Columns longer than n are impossible: 18 units of 9 features share the norm of 9 rows
    expectClose(shares({ units: 18 }), [(15 / 16) * 2, 1 / 16], elementwise);
  });

  it("has the variance 1 exactly with one unit and start 'linear'", () => {
    const config: Partial<FactorizationMachineConfig> = { factors: 2, start: 'linear' };
    const parameters = createParameters(factorizationMachineSpec, config, [[6]], 2);
    const [moment] = signMoments(factorizationMachineSpec, config, [6], parameters);
    expectClose(moment, 1, tolerances.float32.elementwise);
  });

  it('takes one feature, which has no pairs', () => {
    const parameters = { factors: [3, 4], linear: [5], bias: [1] };
    expectClose(machine({ factors: 2 }, [2], parameters), [11], elementwise);
    const { linear, factors } = createParameters(factorizationMachineSpec, { factors: 2 }, [[1]], 1);
    expect(Math.abs(linear[0])).toBeCloseTo(1, 6);
    expect([...factors].every(Number.isFinite)).toBe(true);
  });

  it('gives rank-4 input the rows of the flattened one', () => {
    const config = { factors: 2, units: 2 };
    const parameters = createParameters(factorizationMachineSpec, config, [[3]], 6);
    const inputs = [testRandom(1).normals(24)];
    const run = (inputShapes: number[][], batch: number) =>
      runLayer(factorizationMachineSpec, { config, batch, inputShapes, inputs, parameters });
    expect(run([[2, 2, 3]], 2)).toEqual(run([[3]], 8));
  });

  it('loses no more than a few roundings of the squares where they cancel', () => {
    // One large feature: pairs are 1e6·(1 + 1), the squares about 1e12
    const config = { factors: 1, useLinear: false, useBias: false };
    const [y] = machine(config, [1e6, 1, 1], { factors: [1, 1, 1] });
    expect(Math.abs(y - 2_000_001)).toBeLessThan(4 * 2 ** -53 * 1e12);
  });

  it('has n (k + 1) + 1 parameters for one unit', () => {
    expect(countParameters(factorizationMachineSpec, { factors: 10 }, [[100]])).toBe(1101);
    const names = parameterSpecs(factorizationMachineSpec, { factors: 1 }, [[2]]).map(({ name }) => name);
    expect(names).toEqual(['linear', 'factors', 'bias']);
  });

  it('obeys a kernelInitializer in both kernels, with values of their own', () => {
    const config: Partial<FactorizationMachineConfig> = {
      factors: 1,
      kernelInitializer: { kind: 'uniform', min: 1, max: 2 },
    };
    const { linear, factors } = createParameters(factorizationMachineSpec, config, [[4]], 1);
    for (const values of [linear, factors])
      expect(values.every((value) => value >= 1 && value < 2)).toBe(true);
    expect(linear).not.toEqual(factors);
  });

  it('rejects options out of range, and a scalar', () => {
    const run =
      (config: object, shape = [3]) =>
      () =>
        runLayer(factorizationMachineSpec, { config, inputShapes: [shape], inputs: [] });
    expect(run({ factors: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizationMachine expected factors to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ factors: 2, units: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizationMachine expected units to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ factors: 2, start: 'zeros' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizationMachine expected start to be one of 'calibrated', 'linear', got 'zeros'.

      Fix: check the spelling of the value]
    `);
    expect(run({ factors: 2, start: 'linear', useLinear: false })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizationMachine expected useLinear: true with start 'linear', which begins as the linear part alone, got useLinear: false.

      Fix: pass start: 'calibrated', or keep the linear part]
    `);
    expect(run({})).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: factorizationMachine expected 'factors' (length of the factor of a feature), got no value.

      Fix: pass it: factorizationMachine({ factors: ... })]
    `);
    expect(run({ factors: 2 }, [])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: factorizationMachine expected one input of rank 2 or more, got [batch].

      Fix: reshape the input]
    `);
  });
});
