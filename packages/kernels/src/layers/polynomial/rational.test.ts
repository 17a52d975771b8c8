import { constant, interpretNodes } from '@polyneuron/graph';
import { expectClose, testRandom, tolerances, vectors } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { activation } from '../../activations/activations.js';
import { countParameters, createParameters } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type RationalConfig, rationalSpec } from './rational.js';
import { type RationalVersion, rationalStarts } from './rationalStart.js';
import { type RationalFit, rationalFits } from './rationalTables.js';

type Config = Partial<RationalConfig>;

const versions: readonly RationalVersion[] = ['a', 'b', 'c', 'n'];

interface Fit extends RationalFit {
  readonly degrees: readonly [number, number];
  readonly maxError: number;
  readonly leastDenominator: number;
}

/** The layer at its start, on points of one feature. */
function startAt(config: Config, points: readonly number[]): number[] {
  const parameters = createParameters(rationalSpec, config, [[1]], 1);
  return runLayer(rationalSpec, {
    config,
    batch: points.length,
    inputShapes: [[1]],
    inputs: [points],
    parameters,
  });
}

describe('rational', () => {
  it.each([
    // x = 2, P = 1 + x² = 5; b_1 = -3, b_2 = 1 (and b_0 = -1)
    ['a', [-3, 1], 5 / (1 + 6 + 4)],
    ['b', [-3, 1], 5 / (1 + 2)],
    ['c', [-1, -3, 1], 5 / (0.1 + 3)],
    ['n', [-3, 1], 5 / (1 - 2)],
  ] as const)('computes the hand-worked example of version %s', (version, denominator, expected) => {
    const config: Config = {
      version,
      numeratorDegree: 2,
      denominatorDegree: 2,
      approximates: 'identity',
    };
    const parameters = { numerator: [1, 0, 1], denominator };
    const y = runLayer(rationalSpec, { config, inputShapes: [[1]], inputs: [[2]], parameters });
    expectClose(y, [expected], tolerances.float64.elementwise);
  });

  const fits = vectors<Fit>('rationalCoefficients');

  it('holds the coefficients that the script fitted', () => {
    expect(rationalFits).toEqual(
      fits.map(({ activation: name, version, numerator, denominator }) => ({
        activation: name,
        version,
        numerator,
        denominator,
      })),
    );
  });

  const grid = Array.from({ length: 601 }, (_, at) => at / 100 - 3);

  it.each(fits)('starts as $activation on [-3, 3], version $version, degrees $degrees', (fit) => {
    const [numeratorDegree, denominatorDegree] = fit.degrees;
    const config: Config = {
      approximates: fit.activation,
      version: fit.version,
      numeratorDegree,
      denominatorDegree,
    };
    const expected = interpretNodes([activation(fit.activation).apply(constant(grid, [601]))])[0];
    // The grid is every tenth point of the script's; parameters are stored as float32
    expectClose(startAt(config, grid), expected, { rtol: 0, atol: fit.maxError + 2e-6 });
    expect(fit.maxError).toBeLessThan(numeratorDegree === 5 ? 0.04 : 0.13);
    expect(fit.leastDenominator).toBeGreaterThanOrEqual(fit.version === 'c' ? 0.1 : 0.499);
  });

  it('fits smooth activations to 0.004 and better with degrees 5 and 4', () => {
    const smooth = fits.filter(({ activation: name, degrees }) => degrees[0] === 5 && !/relu/i.test(name));
    expect(Math.max(...smooth.map(({ maxError }) => maxError))).toBeLessThan(4e-3);
  });

  it.each(versions)("is the identity with approximates 'identity': version %s", (version) => {
    expectClose(startAt({ approximates: 'identity', version }, grid), grid, tolerances.float32.elementwise);
  });

  it.each(versions)('keeps its function when degrees are raised: version %s', (version) => {
    for (const approximates of rationalStarts) {
      const raised = startAt({ version, approximates, numeratorDegree: 7, denominatorDegree: 5 }, grid);
      expectClose(raised, startAt({ version, approximates }, grid), tolerances.float64.transcendental);
    }
  });

  it('has one quotient for each feature when asked', () => {
    const config: Config = {
      numeratorDegree: 1,
      denominatorDegree: 1,
      approximates: 'identity',
      perFeature: true,
    };
    const parameters = { numerator: [0, 1, 5, 0], denominator: [0, 1] };
    const y = runLayer(rationalSpec, { config, batch: 1, inputShapes: [[2]], inputs: [[3, 4]], parameters });
    expect(y).toEqual([3, 1]);
    expect(countParameters(rationalSpec, { perFeature: true }, [[64]])).toBe(640);
    expect(countParameters(rationalSpec, {}, [[64]])).toBe(10);
  });

  it.each(['a', 'b', 'c'] as const)('has no pole for any coefficients: version %s', (version) => {
    const random = testRandom(3);
    const points = Array.from({ length: 2001 }, (_, at) => at / 20 - 50);
    for (let draw = 0; draw < 5; draw++) {
      const parameters = { numerator: [1], denominator: random.normals(version === 'c' ? 5 : 4) };
      const config: Config = { version, numeratorDegree: 1, approximates: 'identity' };
      const y = runLayer(rationalSpec, {
        config,
        batch: 2001,
        inputShapes: [[1]],
        inputs: [points],
        parameters: { ...parameters, numerator: [1, 0] },
      });
      expect(Math.min(...y)).toBeGreaterThan(0);
      expect(Math.max(...y)).toBeLessThanOrEqual(version === 'c' ? 10 : 1);
    }
  });

  it('defect: rational_activations exits unless the numerator has more coefficients than the denominator', () => {
    for (const version of versions) {
      for (const [numeratorDegree, denominatorDegree] of [
        [1, 1],
        [2, 4],
        [3, 3],
        [4, 7],
      ]) {
        const config: Config = { version, numeratorDegree, denominatorDegree, approximates: 'identity' };
        expectClose(startAt(config, grid), grid, tolerances.float32.elementwise);
      }
      const gelu: Config = { version, numeratorDegree: 3, denominatorDegree: 6, approximates: 'gelu' };
      expect(startAt(gelu, [3])[0]).toBeGreaterThan(2.9);
    }
  });

  it.each(['a', 'b', 'c'] as const)(
    'defect: rational_activations never moves denominator coefficients that are 0 (version %s)',
    (version) => {
      const config: Config = { version, approximates: 'identity' };
      const f = layerFunction(rationalSpec, config, { batch: 4, inputShapes: [[1]] });
      const { numerator, denominator } = createParameters(rationalSpec, config, [[1]], 1);
      const vector = Float64Array.from([0.5, -1, 1.5, 2, ...numerator, ...denominator]);
      const slopes = f.gradient(vector).slice(4 + numerator.length);
      expect(Array.from(slopes).every((slope) => slope !== 0)).toBe(true);
    },
  );

  it('has finite derivatives at x = 0 and |x| = 20', () => {
    for (const version of versions) {
      const f = layerFunction(rationalSpec, { version }, { batch: 1, inputShapes: [[3]] });
      const { numerator, denominator } = createParameters(rationalSpec, { version }, [[3]], 1);
      const vector = Float64Array.from([0, 20, -20, ...numerator, ...denominator]);
      expect(Array.from(f.gradient(vector)).every(Number.isFinite)).toBe(true);
      const direction = testRandom(1).normals(f.dimension);
      expect(Array.from(f.hessianProduct(vector, direction)).every(Number.isFinite)).toBe(true);
    }
  });

  it('rejects degrees and words that it does not take', () => {
    const run = (config: object) => () => runLayer(rationalSpec, { config, inputShapes: [[3]], inputs: [] });
    expect(run({ numeratorDegree: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rational expected numeratorDegree to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ denominatorDegree: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rational expected denominatorDegree to be a whole number of at least 1, got -1.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ version: 'A' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rational expected version to be one of 'a', 'b', 'c', 'n', got 'A'.

      Fix: check the spelling of the value]
    `);
    expect(run({ approximates: 'mish' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rational expected approximates to be one of 'relu', 'leakyRelu', 'tanh', 'sigmoid', 'gelu', 'swish', 'identity', got 'mish'.

      Fix: check the spelling of the value]
    `);
    expect(run({ numeratorDegree: 2, approximates: 'tanh' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rational expected degrees of at least 3 and 2 to approximate 'tanh', got 2 and 4.

      Fix: raise the degrees, or pass approximates: 'identity']
    `);
    expect(run({ denominatorDegree: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: rational expected degrees of at least 3 and 2 to approximate 'leakyRelu', got 5 and 1.

      Fix: raise the degrees, or pass approximates: 'identity']
    `);
  });
});
