import { expectClose, expectDegree, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { createParameters, parameterSpecs } from '../parameters.js';
import { runLayer } from '../testing/runLayer.js';
import { type CinConfig, cinSpec } from './cin.js';

const { contraction } = tolerances.float64;
const ones = (count: number) => new Array<number>(count).fill(1);

function cin(
  config: Partial<CinConfig>,
  shape: readonly number[],
  x: ArrayLike<number>,
  parameters: Record<string, ArrayLike<number>>,
  batch = 1,
): number[] {
  return runLayer(cinSpec, { config, batch, inputShapes: [shape], inputs: [x], parameters });
}

describe('cin', () => {
  it('computes the hand-worked example: (1 + 3)² + (2 + 4)² = 52', () => {
    const config = { layerSizes: [1], useBias: false };
    expect(cin(config, [2, 2], [1, 2, 3, 4], { kernel0: ones(4) })).toEqual([52]);
  });

  it('with one layer of ones is (Σ x[i])² per dimension, with L layers (Σ x[i])^(L+1)', () => {
    const x = testRandom(1).normals(5);
    const total = x.reduce((sum, value) => sum + value, 0);
    const parameters = { kernel0: ones(25), kernel1: ones(5), kernel2: ones(5) };
    const y = cin({ layerSizes: [1, 1, 1], useBias: false }, [5, 1], x, parameters);
    expectClose(y, [total ** 2, total ** 3, total ** 4], contraction(125));
  });

  it('gives the second half to the output and the first to the next layer with splitHalf', () => {
    // Maps x·x, 2 x·x of one field x = 3: 18 is shown, 9 goes on, times 3 and 5
    const config = { layerSizes: [2, 1], splitHalf: true, useBias: false };
    expect(cin(config, [1, 1], [3], { kernel0: [1, 2], kernel1: [5] })).toEqual([18, 135]);
  });

  it('has degree L + 1 with L layers', () => {
    for (const layers of [1, 2, 3, 4]) {
      const config = { layerSizes: ones(layers).map(() => 2) };
      const parameters = createParameters(cinSpec, config, [[3, 2]], layers);
      expectDegree((x) => cin(config, [3, 2], x, parameters), { degree: layers + 1, dimension: 6 });
    }
  });

  it('keeps the second moment of feature maps at 1 for normal input, layer by layer', () => {
    // Tails grow with the degree: the standard errors of means over 250 draws are 0.03, 0.06 and 0.10
    const [fields, maps, batch, draws] = [6, 4, 16, 250];
    const config = { layerSizes: [maps, maps, maps] };
    const moments = [0, 0, 0];
    for (let draw = 1; draw <= draws; draw++) {
      const parameters = createParameters(cinSpec, config, [[fields, 1]], draw);
      const x = testRandom(draw).normals(batch * fields);
      cin(config, [fields, 1], x, parameters, batch).forEach((value, at) => {
        moments[Math.floor((at % (3 * maps)) / maps)] += value ** 2 / (batch * maps * draws);
      });
    }
    for (const moment of moments) expect(Math.abs(moment - 1)).toBeLessThan(0.3);
  });

  it('divides by √D with isScaled', () => {
    const parameters = { kernel0: ones(4) };
    const config = { layerSizes: [1], useBias: false };
    const x = testRandom(2).normals(8);
    const [plain] = cin(config, [2, 4], x, parameters);
    expectClose(cin({ ...config, isScaled: true }, [2, 4], x, parameters), [plain / 2], contraction(1));
  });

  it('defect: DeepCTR one integer seed for kernels: those of one shape differ', () => {
    const { kernel1, kernel2 } = createParameters(cinSpec, { layerSizes: [3, 3, 3] }, [[3, 2]], 1);
    expect(kernel1.length).toBe(kernel2.length);
    expect(kernel1).not.toEqual(kernel2);
  });

  it('gives a kernel the fans of one map: H·F in, H out', () => {
    const [kernel] = parameterSpecs(cinSpec, { layerSizes: [5] }, [[3, 2]]);
    expect(kernel).toMatchObject({ shape: [3, 3, 5], fanAxes: { in: [0, 1], out: [2] } });
  });

  it('rejects no layers, sizes that are none, and odd sizes that cannot be split', () => {
    const run = (config: object) => () => cin(config, [3, 2], [], {});
    expect(run({ layerSizes: [] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: cin expected layerSizes to list one size or more, got [].

      Fix: pass for example layerSizes: [128, 128]]
    `);
    expect(run({ layerSizes: 128 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: cin expected layerSizes to list one size or more, got 128.

      Fix: pass for example layerSizes: [128, 128]]
    `);
    expect(run({ layerSizes: [4, 2.5] })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: cin expected layerSizes[1] to be a whole number of at least 1, got 2.5.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ layerSizes: [3, 2], splitHalf: true })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: cin expected layerSizes[0] to be even with splitHalf, since half of the maps feed the next layer, got 3.

      Fix: pass even sizes before the last, or splitHalf: false]
    `);
    expect(() => cin({ layerSizes: [2] }, [3], [], {})).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: cin expected one input of rank 3 or more, got [batch, 3].

      Fix: reshape the input]
    `);
  });
});
