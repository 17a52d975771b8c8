import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { layerFunction } from '../testing/layerFunction.js';
import { runLayer } from '../testing/runLayer.js';
import { type SirenConfig, sirenSpec } from './siren.js';

describe('siren', () => {
  it('computes the hand-worked example', () => {
    const parameters = { kernel: [0.5, 0], bias: [0] };
    const run = { config: { units: 1, omega: Math.PI }, inputShapes: [[2]], inputs: [[1, 7]], parameters };
    expectClose(runLayer(sirenSpec, run), [1], tolerances.float64.transcendental);
  });

  it('is a siren again when differentiated: the second derivative along x is -(ω w)² y', () => {
    const f = layerFunction(sirenSpec, { units: 1, omega: 3 }, { batch: 1, inputShapes: [[1]] });
    const at = Float64Array.of(0.3, 0.7, 0.2);
    const scale = f.total(at) / f.output(at)[0];
    const curvature = f.hessianProduct(at, Float64Array.of(1, 0, 0))[0] / scale;
    expectClose(curvature, -((3 * 0.7) ** 2) * f.output(at)[0], tolerances.float64.gradient);
  });

  it('draws kernels and biases from the laws of the source', () => {
    const laws = (config: Partial<SirenConfig>) =>
      parameterSpecs(sirenSpec, { units: 2, ...config }, [[24]]).map(({ initializer }) => initializer);
    const uniform = (limit: number) => ({ kind: 'uniform', min: -limit, max: limit });
    expect(laws({ isFirst: true })).toEqual([uniform(1 / 24), uniform(1 / Math.sqrt(24))]);
    expect(laws({})).toEqual([uniform(0.5 / 30), uniform(1 / Math.sqrt(24))]);
    expect(laws({ omega: 5, useBias: false })).toEqual([uniform(0.1)]);
  });

  it('keeps the variance of its outputs at depth', () => {
    const [width, batch] = [64, 32];
    let x: ArrayLike<number> = testRandom(1).uniforms(batch * 2, -1, 1);
    let features = 2;
    const variances: number[] = [];
    for (let depth = 0; depth < 8; depth++) {
      const config: Partial<SirenConfig> = { units: width, isFirst: depth === 0 };
      const parameters = createParameters(sirenSpec, config, [[features]], depth);
      x = runLayer(sirenSpec, { config, batch, inputShapes: [[features]], inputs: [x], parameters });
      features = width;
      variances.push(Array.from(x).reduce((sum, y) => sum + y * y, 0) / x.length);
    }
    // The arcsine law has variance 1/2; a sine of a normal variable of variance 1 has (1 - e^-2) / 2 = 0.43, and the
    // biases, ω/√n = 3.75 wide here, bring it back to 1/2
    for (const variance of variances) expect(Math.abs(variance - 0.5)).toBeLessThan(0.1);
  });

  it('rejects sizes and frequencies that it does not take', () => {
    const run = (config: object) => () => runLayer(sirenSpec, { config, inputShapes: [[2]], inputs: [] });
    expect(run({ units: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: siren expected units to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ units: 1, omega: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: siren expected omega to be a finite number above 0, got 0.

      Fix: pass a positive number, however small]
    `);
  });
});
