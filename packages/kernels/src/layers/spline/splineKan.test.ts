import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import type { OutsideGrid } from './bSplineBasis.js';
import { type SplineKanConfig, splineKanSpec } from './splineKan.js';

const policies: readonly OutsideGrid[] = ['zero', 'linear', 'clamp'];

function meanSquare(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value * value, 0) / values.length;
}

/** The first outputs of a layer on unit-variance inputs. */
function firstOutputs(
  config: Partial<SplineKanConfig>,
  n: number,
  inputs: ArrayLike<number>,
  seed = 1,
): number[] {
  const parameters = createParameters(splineKanSpec, config, [[n]], seed, `splineKan_${seed}`);
  const batch = inputs.length / n;
  return runLayer(splineKanSpec, { config, batch, inputShapes: [[n]], inputs: [inputs], parameters });
}

describe('splineKan', () => {
  it('computes the hand-worked example', () => {
    // Hats at -1, 0, 1 on [-1, 1]: x = 0.5 has the splines (0, 1/2, 1/2)
    const config = { units: 2, gridSize: 2, splineOrder: 1, baseActivation: 'linear' } as const;
    const parameters = {
      grid: [-2, -1, 0, 1, 2],
      baseKernel: [2, 4],
      splineKernel: [7, 7, 3, 10, 5, 20],
    };
    const y = runLayer(splineKanSpec, { config, inputShapes: [[1]], inputs: [[0.5]], parameters });
    expect(y).toEqual([0.5 * 2 + 0.5 * (3 + 5), 0.5 * 4 + 0.5 * (10 + 20)]);
    const scaled = runLayer(splineKanSpec, {
      config: { ...config, useSplineScaler: true },
      inputShapes: [[1]],
      inputs: [[0.5]],
      parameters: { ...parameters, splineScaler: [2, -1] },
    });
    expect(scaled).toEqual([0.5 * 2 + 2 * 0.5 * (3 + 5), 0.5 * 4 - 0.5 * (10 + 20)]);
  });

  it('draws any straight line exactly, with the averages of the knots as coefficients', () => {
    // Marsden's identity of degree 1: x = Σ_j (t_(j+1) + t_(j+2) + t_(j+3)) / 3 B_j(x)
    const { grid } = createParameters(splineKanSpec, { units: 1 }, [[1]], 1);
    const splineKernel = Array.from(
      { length: 8 },
      (_, at) => (grid[at + 1] + grid[at + 2] + grid[at + 3]) / 3,
    );
    const x = [-20, -1, -0.37, 0, 0.8, 1, 20];
    const y = runLayer(splineKanSpec, {
      config: { units: 1, useBase: false },
      batch: x.length,
      inputShapes: [[1]],
      inputs: [x],
      parameters: { grid, splineKernel },
    });
    // The knots are rounded to float32, which the line beyond the grid carries on.
    expectClose(y, x, tolerances.float32.transcendental);
  });

  it.each(policies)(
    "has finite derivatives of both orders at |x| = 20 and at every knot with '%s'",
    (outside) => {
      for (const splineOrder of [0, 1, 2, 3, 4]) {
        const config = { units: 1, splineOrder, outside, gridSize: 3 };
        const { grid } = createParameters(splineKanSpec, config, [[1]], 1);
        const f = layerFunction(splineKanSpec, config, { batch: 1, inputShapes: [[1]] });
        const weights = testRandom(3).normals(f.dimension - 1);
        const direction = testRandom(4).normals(f.dimension);
        for (const x of [-20, 20, -1e6, 1e6, ...grid]) {
          const vector = Float64Array.from([x, ...weights]);
          expect(Number.isFinite(f.total(vector))).toBe(true);
          expect(f.gradient(vector).every(Number.isFinite)).toBe(true);
          expect(f.hessianProduct(vector, direction).every(Number.isFinite)).toBe(true);
        }
      }
    },
  );

  it('has two continuous derivatives across the knots of a cubic grid', () => {
    const config = { units: 1, outside: 'zero', useBase: false } as const;
    const { grid } = createParameters(splineKanSpec, config, [[1]], 1);
    const f = layerFunction(splineKanSpec, config, { batch: 1, inputShapes: [[1]] });
    const weights = testRandom(2).normals(f.dimension - 1);
    const direction = Float64Array.from({ length: f.dimension }, (_, at) => (at === 0 ? 1 : 0));
    const step = 1e-7;
    for (const knot of grid) {
      const [left, right] = [knot - step, knot + step].map((x) => Float64Array.from([x, ...weights]));
      // Weights below 3: second derivatives are at most 4·3 / h² = 75, third ones 8·3 / h³ = 375
      expectClose(f.gradient(left)[0], f.gradient(right)[0], { rtol: 0, atol: 2 * step * 75 });
      const curvatures = [left, right].map((x) => f.hessianProduct(x, direction)[0]);
      expectClose(curvatures[0], curvatures[1], { rtol: 0, atol: 2 * step * 375 });
    }
  });

  it('starts with a grid on gridRange, k knots beyond each end, the same for every feature', () => {
    const config = { units: 1, gridSize: 4, splineOrder: 2, gridRange: [0, 1] } as const;
    const { grid } = createParameters(splineKanSpec, config, [[2]], 1);
    const row = [-0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.25, 1.5];
    expect(Array.from(grid)).toEqual([...row, ...row]);
    const [spec] = parameterSpecs(splineKanSpec, config, [[2]]);
    expect(spec).toMatchObject({ name: 'grid', isTrainable: false });
  });

  it('equals dense without bias, bit for bit, with its identity start', () => {
    const config = { units: 3, ...splineKanSpec.starts?.identity } as const;
    const parameters = createParameters(splineKanSpec, config, [[4]], 5);
    expect(parameters.splineKernel.every((value) => value === 0)).toBe(true);
    const x = Array.from(testRandom(1).normals(8));
    const y = runLayer(splineKanSpec, { config, batch: 2, inputShapes: [[4]], inputs: [x], parameters });
    const expected = [0, 1].flatMap((row) =>
      [0, 1, 2].map((unit) =>
        [0, 1, 2, 3].reduce((sum, at) => sum + x[4 * row + at] * parameters.baseKernel[3 * at + unit], 0),
      ),
    );
    expect(y).toEqual(expected);
  });

  it.each([
    {},
    { scaleBase: 2, scaleSpline: 0 },
    { scaleBase: 0, scaleSpline: 1 },
    { scaleBase: 0, scaleSpline: 1, outside: 'zero' },
    { useBase: false, scaleSpline: 3, gridSize: 12, splineOrder: 2, gridRange: [-3, 3] },
    { scaleBase: 1, scaleSpline: 1, baseActivation: 'relu', outside: 'clamp' },
  ] as const satisfies Partial<SplineKanConfig>[])(
    'gives unit-variance inputs the variance of its scales: %o',
    (given) => {
      const config: Partial<SplineKanConfig> = { units: 64, ...given };
      const { scaleBase = 1, scaleSpline = 0.1, useBase = true }: Partial<SplineKanConfig> = given;
      const y = firstOutputs(config, 48, testRandom(8).normals(48 * 64));
      const expected = (useBase ? scaleBase ** 2 : 0) + scaleSpline ** 2;
      // 64 units share an activation of which an eighth does not vary: four standard errors are less than 0.15
      expect(Math.abs(meanSquare(y) / expected - 1)).toBeLessThan(0.15);
    },
  );

  it.each(policies)(
    "keeps the variance of a stack of 8 layers of width 64 within a factor of 4 with '%s'",
    (outside) => {
      let x: ArrayLike<number> = testRandom(4).normals(64 * 16);
      for (let layer = 1; layer <= 8; layer++) {
        x = firstOutputs({ units: 64, outside }, 64, x, layer);
        expect(meanSquare(x)).toBeGreaterThan(1 / 4);
        expect(meanSquare(x)).toBeLessThan(4);
      }
    },
  );

  it('defect: efficient-kan scale_base inverted: a larger scale gives larger weights, in proportion', () => {
    const draw = (config: Partial<SplineKanConfig>) =>
      createParameters(splineKanSpec, { units: 4, ...config }, [[3]], 1);
    const plain = draw({ scaleBase: 1, scaleSpline: 1 });
    const scaled = draw({ scaleBase: 2, scaleSpline: 4 });
    expect(Array.from(scaled.baseKernel)).toEqual(Array.from(plain.baseKernel, (value) => 2 * value));
    expect(Array.from(scaled.splineKernel)).toEqual(Array.from(plain.splineKernel, (value) => 4 * value));
  });

  it('defect: efficient-kan last interval open: order 0 and the right end of the grid have a value', () => {
    for (const outside of policies) {
      const run = {
        config: { units: 1, gridSize: 2, splineOrder: 0, useBase: false, outside },
        batch: 4,
        inputShapes: [[1]],
        inputs: [[-1, 0, 0.5, 1]],
        parameters: { grid: [-1, 0, 1], splineKernel: [5, 7] },
      };
      expect(runLayer(splineKanSpec, run)).toEqual([5, 7, 7, 7]);
    }
  });

  it("defect: efficient-kan dead splines beyond the grid: with 'linear' and 'clamp' they still train", () => {
    const slopes = policies.map((outside) => {
      const f = layerFunction(
        splineKanSpec,
        { units: 1, outside, useBase: false },
        { batch: 1, inputShapes: [[1]] },
      );
      const gradient = f.gradient(Float64Array.from([20, ...testRandom(1).normals(f.dimension - 1)]));
      return gradient.slice(1).some((value) => value !== 0);
    });
    expect(slopes).toEqual([false, true, true]);
  });

  it('counts the 508,160 trained weights of efficient-kan [784, 64, 10]', () => {
    // 10 per edge there: base, scaler and 8 coefficients
    const config = (units: number) => ({ units, useSplineScaler: true });
    const grids = (784 + 64) * 12;
    const total =
      countParameters(splineKanSpec, config(64), [[784]]) +
      countParameters(splineKanSpec, config(10), [[64]]);
    expect(total - grids).toBe(508_160);
  });

  it('rejects options out of range', () => {
    const run =
      (config: object, inputShapes: number[][] = [[3]]) =>
      () =>
        runLayer(splineKanSpec, { config: { units: 1, ...config }, inputShapes, inputs: [] });
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ gridSize: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected gridSize to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ splineOrder: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected splineOrder to be a whole number of at least 0, got -1.

      Fix: pass a whole number from 0 on]
    `);
    expect(run({ gridSize: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected gridSize to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ outside: 'extrapolate' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected outside to be one of 'zero', 'linear', 'clamp', got 'extrapolate'.

      Fix: check the spelling of the value]
    `);
    expect(run({ gridRange: [1, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected gridRange to be two finite numbers, the smaller first, got [1, 1].

      Fix: pass the range that the inputs take, such as [-1, 1]]
    `);
    expect(run({ gridRange: [0, Number.POSITIVE_INFINITY] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected gridRange to be two finite numbers, the smaller first, got [0, Infinity].

      Fix: pass the range that the inputs take, such as [-1, 1]]
    `);
    expect(run({ scaleBase: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected scaleBase to be a finite number of at least 0, got -1.

      Fix: pass 0 to start without that path]
    `);
    expect(run({ scaleSpline: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: splineKan expected scaleSpline to be a finite number of at least 0, got NaN.

      Fix: pass 0 to start without that path]
    `);
    expect(run({}, [[]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: splineKan expected one input of rank 2 or more, got [batch].

      Fix: reshape the input]
    `);
    expect(run({}, [[3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: splineKan expected one input of rank 2 or more, got [batch, 3] and [batch, 3].

      Fix: join the inputs first, for example with concatenate]
    `);
  });
});
