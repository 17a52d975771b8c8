import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type RbfKanConfig, rbfKanSpec } from './rbfKan.js';

function meanSquare(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value * value, 0) / values.length;
}

function firstOutputs(
  config: Partial<RbfKanConfig>,
  n: number,
  inputs: ArrayLike<number>,
  seed = 1,
): number[] {
  const parameters = createParameters(rbfKanSpec, config, [[n]], seed, `rbfKan_${seed}`);
  const batch = inputs.length / n;
  return runLayer(rbfKanSpec, { config, batch, inputShapes: [[n]], inputs: [inputs], parameters });
}

describe('rbfKan', () => {
  it('computes the hand-worked example', () => {
    // Bells at -1, 0, 1 of width 1: at x = 1 they are exp(-4), exp(-1) and 1
    const y = runLayer(rbfKanSpec, {
      config: { units: 1, centers: 3, gridRange: [-1, 1], useLayerNorm: false, baseActivation: 'linear' },
      inputShapes: [[1]],
      inputs: [[1]],
      parameters: { baseKernel: [10], radialKernel: [1, 2, 3], bias: [100] },
    });
    expectClose(y, [10 + Math.exp(-4) + 2 * Math.exp(-1) + 3 + 100], tolerances.float64.transcendental);
  });

  it('sees the bells of normalised features, and the base of features as they come', () => {
    const config = {
      units: 1,
      centers: 2,
      gridRange: [-1, 1],
      baseActivation: 'linear',
      useBias: false,
    } as const;
    const bells = (z: number) => [Math.exp(-(((z + 1) / 2) ** 2)), Math.exp(-(((z - 1) / 2) ** 2))];
    const norm = { normScale: [1, 3], normOffset: [0, 0.5] };
    const y = runLayer(rbfKanSpec, {
      config,
      inputShapes: [[2]],
      inputs: [[10, 14]],
      parameters: { ...norm, baseKernel: [1, 2], radialKernel: [1, 2, 3, 4] },
    });
    // (10, 14) has mean 12 and variance 4
    const z = 2 / Math.sqrt(4 + 1e-5);
    const [[a, b], [c, d]] = [bells(-z), bells(3 * z + 0.5)];
    expectClose(y, [10 + 2 * 14 + a + 2 * b + 3 * c + 4 * d], tolerances.float64.transcendental);
  });

  it('does not see the mean and the size of a sample without the base path', () => {
    const config = { units: 2, useBase: false };
    const x = Array.from(testRandom(1).normals(5));
    const parameters = createParameters(rbfKanSpec, config, [[5]], 2);
    const run = (inputs: number[]) =>
      runLayer(rbfKanSpec, { config, inputShapes: [[5]], inputs: [inputs], parameters });
    // 1e-5 beside the variance is what is left of the size
    expectClose(run(x.map((value) => 3 * value + 7)), run(x), tolerances.float32.gradient);
  });

  it('has finite derivatives far from the grid and for a sample of equal features', () => {
    for (const useLayerNorm of [false, true]) {
      const f = layerFunction(rbfKanSpec, { units: 1, useLayerNorm }, { batch: 1, inputShapes: [[2]] });
      const weights = testRandom(3).normals(f.dimension - 2);
      for (const x of [
        [20, -20],
        [1e6, 0],
        [3, 3],
        [0, 0],
      ]) {
        const vector = Float64Array.from([...x, ...weights]);
        expect(f.gradient(vector).every(Number.isFinite)).toBe(true);
        expect(f.hessianProduct(vector, vector).every(Number.isFinite)).toBe(true);
      }
    }
  });

  it.each([{}, { scaleBase: 0, scaleRadial: 1 }, { scaleRadial: 1, useLayerNorm: false, centers: 5 }])(
    'gives unit-variance inputs the variance of its scales: %o',
    (given: Partial<RbfKanConfig>) => {
      const { scaleBase = 1, scaleRadial = 0.1 } = given;
      const y = firstOutputs({ units: 64, ...given }, 48, testRandom(8).normals(48 * 64));
      // 64 units share activations of which a part does not vary: four standard errors are less than 0.2
      expect(Math.abs(meanSquare(y) / (scaleBase ** 2 + scaleRadial ** 2) - 1)).toBeLessThan(0.2);
    },
  );

  it('keeps the variance of a stack of 8 layers of width 64 within a factor of 4', () => {
    let x: ArrayLike<number> = testRandom(4).normals(64 * 32);
    for (let layer = 1; layer <= 8; layer++) {
      x = firstOutputs({ units: 64 }, 64, x, layer);
      expect(meanSquare(x)).toBeGreaterThan(1 / 4);
      expect(meanSquare(x)).toBeLessThan(4);
    }
  });

  it('starts as dense with its identity start', () => {
    const config = { units: 1, ...rbfKanSpec.starts?.identity };
    const { baseKernel, ...parameters } = createParameters(rbfKanSpec, config, [[3]], 1);
    expect(parameters.radialKernel.every((value) => value === 0)).toBe(true);
    const y = runLayer(rbfKanSpec, {
      config,
      inputShapes: [[3]],
      inputs: [[1, 2, -3]],
      parameters: { ...parameters, baseKernel },
    });
    expect(y).toEqual([baseKernel[0] + 2 * baseKernel[1] - 3 * baseKernel[2]]);
  });

  it('defect: fast-kan kernel deviation 0.1 for any width: the variance does not grow with n', () => {
    const variances = [8, 512].map((n) => {
      const config = { units: 64, useBase: false, scaleRadial: 1 };
      return meanSquare(firstOutputs(config, n, testRandom(2).normals(n * 32)));
    });
    // There it is 0.012 n: 0.1 and 6.1
    for (const variance of variances) expect(Math.abs(variance - 1)).toBeLessThan(0.3);
  });

  it('counts the 459,114 weights of fast-kan [784, 64, 10]', () => {
    const count = (units: number, n: number) => countParameters(rbfKanSpec, { units }, [[n]]);
    expect(count(64, 784) + count(10, 64)).toBe(459_114);
  });

  it('defect: fast-kan layer norm of one feature: rejected, as it would be 0 for every input', () => {
    expect(() =>
      runLayer(rbfKanSpec, { config: { units: 1 }, inputShapes: [[1]], inputs: [] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rbfKan expected useLayerNorm: false for an input of one feature, which a normalisation over features turns into 0, got useLayerNorm: true.

      Fix: pass useLayerNorm: false, and a gridRange that holds the inputs]
    `);
  });

  it('rejects options out of range', () => {
    const run = (config: object) => () =>
      runLayer(rbfKanSpec, { config: { units: 1, ...config }, inputShapes: [[3]], inputs: [] });
    expect(run({ units: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rbfKan expected units to be a whole number of at least 1, got 1.5.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ centers: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rbfKan expected centers to be a whole number of at least 2, got 1.

      Fix: pass a whole number from 2 on]
    `);
    expect(run({ gridRange: [2, -2] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rbfKan expected gridRange to be two finite numbers, the smaller first, got [2, -2].

      Fix: pass the range that the inputs take, such as [-1, 1]]
    `);
    expect(run({ gridRange: [1] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rbfKan expected gridRange to be two finite numbers, the smaller first, got [1].

      Fix: pass the range that the inputs take, such as [-1, 1]]
    `);
    expect(run({ scaleBase: -0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rbfKan expected scaleBase to be a finite number of at least 0, got -0.5.

      Fix: pass 0 to start without that path]
    `);
    expect(run({ scaleRadial: Number.POSITIVE_INFINITY })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rbfKan expected scaleRadial to be a finite number of at least 0, got Infinity.

      Fix: pass 0 to start without that path]
    `);
  });
});
